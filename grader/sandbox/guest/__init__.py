"""What runs inside the sandbox.

Requests of the host come in through a socket. Plain data goes out. Whatever is in this process
can be read and changed by a student's code, so it holds no expected result.
"""
