"""The kinds of remote commands that procurement registers with the gateway: place, pay, cancel,
confirm. The engine decides when they run; each here says what is sent and what it means."""
