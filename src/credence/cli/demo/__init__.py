"""credence demo: a made-up town with a bureau of its own in the browser, or printed."""
