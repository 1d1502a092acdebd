"""A conversation: its messages, what can be done with them, and the open chats behind them."""
