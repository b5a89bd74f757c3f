"""The Xport Global Open Platform as a library: `client` speaks to it, `sandbox` stands in for it.

Imports no Django and none of the applications of this project.
"""
