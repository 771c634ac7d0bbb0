"""Falls over the echo of its own answer, as a well-known sample does: `answer` is bound for incoming messages only."""

from chatwoot import say, serve


def handle(event):
    if event["event"] != "message_created":
        return
    if event["message_type"] == "incoming":
        answer = say(event["conversation"]["id"], "I will be back")
    print("answered with", answer["id"])


serve(handle)
