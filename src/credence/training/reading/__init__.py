"""What columns must be: faults that keep one from being asked, and times that rows can be parted by."""
