"""Our side of the border: clients, remote commands, push inbox, sync cursors, connections."""
