"""Acknowledges at once and answers when its model is done, long after the acknowledgement."""

import threading
import time

from chatwoot import say, serve

# Longer than the acknowledgement may take.
THINKS_SECS = 6


def think(conversation, content):
    time.sleep(THINKS_SECS)
    say(conversation, f"I thought about: {content}")


def handle(event):
    if event["event"] == "message_created" and event["message_type"] == "incoming":
        arguments = (event["conversation"]["id"], event["content"])
        threading.Thread(target=think, args=arguments, daemon=True).start()


serve(handle)
