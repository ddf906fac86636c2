"""A class of hand-ins: read, judged, given points, and written down for those who teach and those who learn."""
