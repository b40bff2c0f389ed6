"""What chance alone makes: figures of rows drawn again, and rows nearer to each other than it brings them."""
