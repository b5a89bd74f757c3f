"""Writes of procurement, one module a verb: cart, quoting, asking, placing, paying, cancelling,
adopting (remote truth), receiving, polling. Import from the module."""
