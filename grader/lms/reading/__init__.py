"""What archives and class lists of learning management systems hold.

Bytes that nobody vouches for come in: archives, folders, lists of a class. Deliveries go out:
who handed in which files, when, in which attempt. Nothing is written.
"""
