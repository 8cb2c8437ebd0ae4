# The package that install.py builds inside the interpreter.
