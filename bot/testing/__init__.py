"""Public doubles for tests: a strict Bot API in the process, and drivers that carry one dialogue over every channel.

A new channel is put under all dialogues of tests/dialogues by a driver of its own: what a person can do on it, and what
they hear back. Here is one of a channel in memory; the rest is a line in `DRIVERS` of test_dialogues.py there:

    from bot.testing.channel import ChannelInMemory
    from bot.testing.drivers import Heard
    from handlers.dialogue.context import plain
    from handlers.dialogue.message import Message
    from handlers.dialogue.turn import Text

    class OnLetters:
        def __init__(self, desk, delivery, resources, clock, folder, group):
            self.channel, self.clock, self.sent = ChannelInMemory("letters"), clock, 0
            self.connect(desk, delivery)

        def connect(self, desk, delivery):
            self.desk, self.delivery = desk, delivery
            delivery.connect(self.channel)

        async def does(self, kind, text):
            self.sent += 1
            message = Message(kind, str(self.sent), self.clock(), text)
            before = len(self.channel.sent)
            await self.delivery.send(await self.desk.take(self.channel.inbound("7", message)))
            texts = [said for _, said in self.channel.sent[before:] if isinstance(said, Text)]
            buttons = {each.label: each.data for text in texts for row in text.buttons for each in row}
            return Heard("\\n".join(plain(text.html) for text in texts), buttons)

        async def says(self, text):
            return await self.does("text", text)

        async def starts(self, payload):
            return await self.does("start", payload)

        async def presses(self, data):
            return await self.does("press", data)

        async def sends(self, kind):
            return await self.does("media", "")

        async def restarts(self, desk, delivery):
            self.connect(desk, delivery)

        async def ends(self):
            pass
"""
