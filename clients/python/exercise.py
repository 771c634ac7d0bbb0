"""Everything that the official SDK can do, once synchronous and once asynchronous.

Prints one line per step, as JSON: {"step", "error"}. The steps build on each other, and one that fails
does not hide the others.
"""

import asyncio
import inspect
import json
import os
import sys
import traceback
import uuid

from chatwoot import AsyncChatwootClient, ChatwootClient
from chatwoot.exceptions import ChatwootAuthError, ChatwootNotFoundError

BASE_URL = os.environ["CHATWOOT_URL"]
TOKEN = os.environ["CHATWOOT_TOKEN"]
ACCOUNT = int(os.environ["CHATWOOT_ACCOUNT_ID"])


async def call(answer):
    """The answer of either client."""
    return await answer if inspect.isawaitable(answer) else answer


class Steps:
    """Runs steps and says what became of each."""

    def __init__(self):
        self.failed = False
        self.known = {}

    async def run(self, client):
        for name, step in STEPS:
            try:
                await step(client, self.known)
                error = None
            except Exception as problem:  # Whatever a step ends with is its result.
                self.failed = True
                place = traceback.extract_tb(problem.__traceback__)[1:2]
                line = place[0].line if place else ""
                error = f"{type(problem).__name__}: {problem} (at {line})"
            print(json.dumps({"step": name, "error": error}), flush=True)


STEPS = []


def step(function):
    """Adds a step, in the order of this file."""
    STEPS.append((function.__name__.replace("_", " "), function))
    return function


@step
async def profile_get(client, known):
    profile = await call(client.profile.get())
    assert profile.account_id == ACCOUNT and profile.role.value == "administrator"
    known["user"] = profile.id


@step
async def inboxes_create(client, known):
    inbox = await call(client.inboxes.create(ACCOUNT, name="SDK", channel_type="api"))
    assert inbox.channel_type == "Channel::Api"
    known["inbox"] = inbox.id


@step
async def inboxes_list_get_and_update(client, known):
    listed = await call(client.inboxes.list(ACCOUNT))
    assert known["inbox"] in [inbox.id for inbox in listed]
    await call(client.inboxes.update(ACCOUNT, known["inbox"], name="SDK, renamed"))
    inbox = await call(client.inboxes.get(ACCOUNT, known["inbox"]))
    assert inbox.name == "SDK, renamed"


@step
async def agents_add_list_update_and_remove(client, known):
    email = f"{uuid.uuid4().hex}@example.com"
    agent = await call(client.agents.add(ACCOUNT, name="Bob", email=email, role="agent"))
    assert agent.id in [each.id for each in await call(client.agents.list(ACCOUNT))]
    changed = await call(client.agents.update(ACCOUNT, agent.id, role="administrator"))
    assert changed.role.value == "administrator"
    await call(client.agents.remove(ACCOUNT, agent.id))
    assert agent.id not in [each.id for each in await call(client.agents.list(ACCOUNT))]


@step
async def agents_get_is_a_route_that_chatwoot_does_not_have(client, known):
    await refused(ChatwootNotFoundError, lambda: client.agents.get(ACCOUNT, known["user"]))


@step
async def inbox_members_add_update_and_remove(client, known):
    inbox, user = known["inbox"], known["user"]
    await call(client.inboxes.agents.add(ACCOUNT, inbox, [user]))
    await call(client.inboxes.agents.update(ACCOUNT, inbox, [user]))
    # This release of the SDK looks for `payload` twice, so its list is always empty.
    assert await call(client.inboxes.agents.list(ACCOUNT, inbox)) == []
    await call(client.inboxes.agents.remove(ACCOUNT, inbox, [user]))


@step
async def teams_create_list_get_and_update(client, known):
    team = await call(client.teams.create(ACCOUNT, name=f"team {uuid.uuid4().hex[:6]}"))
    known["team"] = team.id
    assert team.id in [each.id for each in await call(client.teams.list(ACCOUNT))]
    await call(client.teams.update(ACCOUNT, team.id, description="those who answer"))
    assert (await call(client.teams.get(ACCOUNT, team.id))).description == "those who answer"


@step
async def team_agents_add_list_and_remove(client, known):
    team, user = known["team"], known["user"]
    await call(client.teams.agents.add(ACCOUNT, team, [user]))
    assert [each.id for each in await call(client.teams.agents.list(ACCOUNT, team))] == [user]
    await call(client.teams.agents.remove(ACCOUNT, team, [user]))
    assert await call(client.teams.agents.list(ACCOUNT, team)) == []


@step
async def contacts_create(client, known):
    made = await call(
        client.contacts.create(
            ACCOUNT,
            inbox_id=known["inbox"],
            name="Cora Dias",
            email=f"{uuid.uuid4().hex}@example.com",
            custom_attributes={"plan": "pro"},
        )
    )
    known["contact"], known["source"] = made.contact.id, made.contact_inbox.source_id


@step
async def contacts_list_search_get_and_update(client, known):
    contact = known["contact"]
    assert contact in [each.id for each in await call(client.contacts.list(ACCOUNT))]
    await call(client.contacts.update(ACCOUNT, contact, name="Cora Dias Lima"))
    found = await call(client.contacts.get(ACCOUNT, contact))
    assert found.name == "Cora Dias Lima" and found.custom_attributes == {"plan": "pro"}
    found = await call(client.contacts.search(ACCOUNT, query="Dias Lima"))
    assert contact in [each.id for each in found]


@step
async def contacts_contactable_inboxes(client, known):
    assert isinstance(await call(client.contacts.contactable_inboxes(ACCOUNT, known["contact"])), list)


@step
async def conversations_create(client, known):
    made = await call(
        client.conversations.create(
            ACCOUNT, source_id=known["source"], inbox_id=known["inbox"], contact_id=known["contact"]
        )
    )
    assert made.status.value == "open"
    known["conversation"] = made.id


@step
async def messages_create_and_list(client, known):
    conversation = known["conversation"]
    await call(
        client.messages.create(ACCOUNT, conversation, "Where is my order?", message_type="incoming")
    )
    sent = await call(client.messages.create(ACCOUNT, conversation, "On its way"))
    note = await call(client.messages.create(ACCOUNT, conversation, "a regular", private=True))
    assert sent.message_type == 1 and note.private
    listed = await call(client.messages.list(ACCOUNT, conversation))
    texts = [message.content for message in listed if message.message_type != 2]
    assert texts == ["Where is my order?", "On its way", "a regular"], texts


@step
async def messages_update_and_delete_are_routes_that_chatwoot_does_not_have(client, known):
    await refused(ChatwootNotFoundError, lambda: client.messages.update(ACCOUNT, 1, "x"))
    await refused(ChatwootNotFoundError, lambda: client.messages.delete(ACCOUNT, 1))


@step
async def conversations_list_and_get(client, known):
    conversation = known["conversation"]
    listed = await call(
        client.conversations.list(ACCOUNT, status="open", inbox_id=known["inbox"], page=1)
    )
    assert [each.id for each in listed] == [conversation]
    found = await call(client.conversations.get(ACCOUNT, conversation))
    assert found.meta.sender.id == known["contact"]


@step
async def conversations_assign_and_update(client, known):
    conversation = known["conversation"]
    await call(client.conversations.update(ACCOUNT, conversation, priority="high"))
    assert (await call(client.conversations.get(ACCOUNT, conversation))).priority.value == "high"


@step
async def conversation_labels_add_and_list(client, known):
    added = await call(client.conversations.labels.add(ACCOUNT, known["conversation"], ["billing"]))
    assert added == await call(client.conversations.labels.list(ACCOUNT, known["conversation"]))


@step
async def conversations_toggle_status_and_counts(client, known):
    conversation = known["conversation"]
    for status in ["resolved", "open"]:
        toggled = await call(client.conversations.toggle_status(ACCOUNT, conversation, status))
        assert toggled.success is True and toggled.current_status.value == status
    assert await call(client.conversations.get_counts(ACCOUNT)) is not None


@step
async def contact_labels_and_conversations(client, known):
    contact = known["contact"]
    added = await call(client.contacts.labels.add(ACCOUNT, contact, ["vip"]))
    assert added == await call(client.contacts.labels.list(ACCOUNT, contact)) == ["vip"]
    listed = await call(client.contacts.conversations(ACCOUNT, contact))
    assert [each.id for each in listed] == [known["conversation"]]


@step
async def contacts_merge_and_delete(client, known):
    twin = await call(client.contacts.create(ACCOUNT, inbox_id=known["inbox"], name="Twin"))
    merged = await call(client.contacts.merge(ACCOUNT, known["contact"], twin.contact.id))
    assert merged.id == known["contact"]
    other = await call(client.contacts.create(ACCOUNT, inbox_id=known["inbox"], name="Other"))
    await call(client.contacts.delete(ACCOUNT, other.contact.id))
    await refused(ChatwootNotFoundError, lambda: client.contacts.get(ACCOUNT, other.contact.id))


@step
async def teams_delete(client, known):
    await call(client.teams.delete(ACCOUNT, known["team"]))
    await refused(ChatwootNotFoundError, lambda: client.teams.get(ACCOUNT, known["team"]))


@step
async def a_bad_token_is_an_authentication_error(client, known):
    other = type(client)(base_url=BASE_URL, api_token="nonsense")
    await refused(ChatwootAuthError, lambda: other.profile.get())


async def refused(kind, attempt):
    try:
        await call(attempt())
    except kind:
        return
    raise AssertionError(f"was not refused as {kind.__name__}")


async def main(mode):
    steps = Steps()
    if mode == "async":
        async with AsyncChatwootClient(base_url=BASE_URL, api_token=TOKEN) as client:
            await steps.run(client)
    else:
        with ChatwootClient(base_url=BASE_URL, api_token=TOKEN) as client:
            await steps.run(client)
    return 1 if steps.failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
