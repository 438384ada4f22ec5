"""Writers: a Scene goes in, a file's content comes out. Each is one function `write`."""
