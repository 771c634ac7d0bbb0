"""Answers what it knows and hands the rest over to people."""

from chatwoot import hand_over, say, serve

ANSWERS = {"opening hours": "We are open from 9 to 18.", "shipping": "It takes three days."}


def handle(event):
    if event["event"] != "message_created" or event["message_type"] != "incoming":
        return
    if event["conversation"]["status"] != "pending":
        return
    conversation = event["conversation"]["id"]
    answer = ANSWERS.get((event["content"] or "").lower())
    if answer:
        say(conversation, answer)
    else:
        say(conversation, "Let me get somebody who knows.")
        hand_over(conversation)


serve(handle)
