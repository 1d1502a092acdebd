<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name></name>
    <message>
        <source>Failure</source>
        <comment>This key does not open the history; nothing was changed.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The history in {path} is damaged; restore a backup.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The history was written by a newer Inkstone: it can be read, and nothing new is saved.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>Another Inkstone is writing the history; here it can only be read.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The history in {path} cannot be written.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The disk of {path} is full.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>Another program is holding the history.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>That is no longer in the history.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>There is nothing to answer; write what you want to know or to have written.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Failure</source>
        <comment>This request is {tokens} tokens long; the model takes at most {limit}: shorten it or split it.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>There is no model “{model}” on this machine.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The model cannot be used, its file {path} is damaged or missing.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>{name} is a model that Inkstone cannot run.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The model could not be downloaded ({reason}); check the network and try again.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>{name} is not the file that was expected; it was thrown away, try again.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>The disk of {folder} is full; make room for {mib} MiB and try again.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>Inkstone runs with --offline, so this was refused.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Write</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>New draft</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>New temporary chat</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Go to the message</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Attach a text file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Answers</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Stop</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Write the last answer again</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Continue the last answer</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Ask the last message differently</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Copy the last answer</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Go on in a new conversation from here</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Conversations</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Search all conversations</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Next conversation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Previous conversation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Rename the conversation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Pin or unpin the conversation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Archive the conversation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Delete the conversation</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Move the conversation to a folder</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Show the bin</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Window</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Find a command</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Show all shortcuts</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Settings</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Show or hide the sidebar</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Show or hide the details</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Switch between light and dark</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Larger text</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Smaller text</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Usual size of text</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <comment>Quit</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first {count} messages were left out: the conversation no longer fits the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first message was left out: the conversation no longer fits the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading… {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut: the answer reached its length limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{speed}/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s to first word</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatWorker</name>
    <message>
        <source>Something in Inkstone went wrong, which is its own fault; a report lies in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChooseProtection</name>
    <message>
        <source>Protection of the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protect it so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Your message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What should be written?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach a text file, or drop it here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editing an earlier message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop editing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what you were writing (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text ({kinds})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attach a text file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be attached: only .txt and .md files can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be attached: it is larger than 2 MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be attached: it is not UTF-8 text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file} cannot be attached: it cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} · {n} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc stops</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>New draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsent text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of {all} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Known already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The oldest messages no longer fit the model, so it does not see them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Almost full: soon the oldest messages will be left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model sees the whole conversation.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Write a short, friendly email to a customer: the order is late, we offer 10% off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What shall we write?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An email</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write next week&apos;s plan for the sales team: formal, one page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An explanation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain photosynthesis to a class of twelve-year-olds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A piece of code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a Python function that finds the ten largest files in a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl N</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Temporary: never saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New draft</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryNotice</name>
    <message>
        <source>Unlock…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you write is kept in memory and saved as soon as this is over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up now…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty the bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file with everything, protected as the history is. inkstone history restore brings it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What lies there is deleted for good after 30 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted, key in the keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted, with a passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not opened yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changing the protection…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The protection was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back up the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing the backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The backup is in {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} texts were deleted for good.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>The last answer was copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer finished: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer ended: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” is in the bin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” is in the archive.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelNotice</name>
    <message>
        <source>The starter model is not on this machine yet (93 MB download).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing the starter model…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>The best that works</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let other programs go first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads of the CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory for conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model has read of them, so that going back to one is instant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Priority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load the model again with these settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Otherwise these hold from the next start.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelState</name>
    <message>
        <source>Waiting for the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The starter model is being prepared</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare the starter model first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OwnMessage</name>
    <message>
        <source>You wrote</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command or a conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and conversations</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProtectionChoice</name>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least {n} characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted; this system keeps the key and opens it when you log in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no keyring that works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyring of this system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encrypted; you type it at every start. Without it nobody can read the history, not even you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever can read the files of this machine can read the history.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecoveryKey</name>
    <message>
        <source>Recovery key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It opens the history when the keyring or the passphrase is lost. Write it down or print it, and keep it where nobody else finds it: whoever has it can read everything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RowPainter</name>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutPage</name>
    <message>
        <source>Usual keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of: {command}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{command}” has this key already.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty the bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing says “{query}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you write appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The archive is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The bin is empty. What lies here is deleted after 30 days.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Local only: nothing leaves this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>Unlock the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the recovery key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the passphrase</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Inkstone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a short, friendly email to a customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which language shall Inkstone speak?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It writes in the language you write in, as far as its model knows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you write stays on this machine, in {folder}. How shall it be protected?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is ready: {device}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {n} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>answer</name>
    <message>
        <source>This answer failed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
