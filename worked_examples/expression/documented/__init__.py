"""What every name of the language means, in words, and the page that they make."""
