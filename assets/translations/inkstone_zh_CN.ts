<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>ActionEditor</name>
    <message>
        <source>Quick actions</source>
        <translation>快捷操作</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved; it holds from the next quick prompt.</source>
        <translation>已保存；从下一次快捷提示起生效。</translation>
    </message>
    <message>
        <source>The action was copied as text.</source>
        <translation>已把操作复制为文本。</translation>
    </message>
    <message>
        <source>The clipboard holds no action: {reason}</source>
        <translation>剪贴板里没有操作：{reason}</translation>
    </message>
    <message>
        <source>1 action was added.</source>
        <translation>已添加 1 个操作。</translation>
    </message>
    <message>
        <source>{n} actions were added.</source>
        <translation>已添加 {n} 个操作。</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>New action</source>
        <translation>新操作</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>另存为文件</translation>
    </message>
    <message>
        <source>Offer it sooner</source>
        <translation>往前移</translation>
    </message>
    <message>
        <source>Offer it later</source>
        <translation>往后移</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Delete, or as it was shipped</source>
        <translation>删除，或恢复原样</translation>
    </message>
    <message>
        <source>Copy as text, to share it</source>
        <translation>复制文本以便分享</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ActionFeedback</name>
    <message>
        <source>The message and what followed it were deleted.</source>
        <translation>这条消息和后面的内容已删除。</translation>
    </message>
    <message>
        <source>Export the message</source>
        <translation>导出消息</translation>
    </message>
    <message>
        <source>Conversations ({kinds})</source>
        <translation>对话（{kinds}）</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>“{title}” is in the bin.</source>
        <translation>“{title}”已移到回收站。</translation>
    </message>
    <message>
        <source>“{title}” is in the archive.</source>
        <translation>“{title}”已归档。</translation>
    </message>
</context>
<context>
    <name>ActionForm</name>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Takes the place of the selection</source>
        <translation>替换所选内容</translation>
    </message>
    <message>
        <source>Goes below the selection</source>
        <translation>放在所选内容下方</translation>
    </message>
    <message>
        <source>Goes to the clipboard</source>
        <translation>放到剪贴板</translation>
    </message>
    <message>
        <source>Is only shown</source>
        <translation>只显示</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>整段文本</translation>
    </message>
    <message>
        <source>Line by line</source>
        <translation>逐行</translation>
    </message>
    <message>
        <source>Sentence by sentence, best for small models</source>
        <translation>逐句，适合小模型</translation>
    </message>
    <message>
        <source>The result repeats much of the text: show the difference</source>
        <translation>结果与原文大部分相同：显示差异</translation>
    </message>
    <message>
        <source>Write what the model is asked, in one language at least.</source>
        <translation>至少用一种语言写出对模型的要求。</translation>
    </message>
    <message>
        <source>Give it a name in each language that it has a request in.</source>
        <translation>每种写了要求的语言都要有名称。</translation>
    </message>
    <message>
        <source>Write {text} once where the selection belongs.</source>
        <translation>在放所选内容的地方写一次 {text}。</translation>
    </message>
    <message>
        <source>what you type</source>
        <translation>您输入的内容</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Name, {language}</source>
        <translation>名称（{language}）</translation>
    </message>
    <message>
        <source>Role, {language}</source>
        <translation>角色（{language}）</translation>
    </message>
    <message>
        <source>Request, {language}</source>
        <translation>要求（{language}）</translation>
    </message>
    <message>
        <source>Key, with Alt</source>
        <translation>按键（与 Alt 同按）</translation>
    </message>
    <message>
        <source>Icon</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>The result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The model sees</source>
        <translation>模型每次读取</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>ActionRow</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>Answer</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Reading… {percent} %</source>
        <translation>正在阅读… {percent}%</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cut: the answer reached its length limit</source>
        <translation>已截断：回答达到长度上限</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted: Inkstone ended while this was being written</source>
        <translation>已中断：写到一半时 Inkstone 结束了</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Statistics: {numbers}</source>
        <translation>统计：{numbers}</translation>
    </message>
    <message>
        <source>Show all numbers</source>
        <translation>查看全部数字</translation>
    </message>
    <message>
        <source>The first {count} messages were left out: the conversation no longer fits the model</source>
        <translation>对话已超出模型的容量：最早的 {count} 条消息没有读入</translation>
    </message>
    <message>
        <source>The first message was left out: the conversation no longer fits the model</source>
        <translation>对话已超出模型的容量：最早的一条消息没有读入</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 个词元</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} 个词元</translation>
    </message>
    <message>
        <source>{speed}/s</source>
        <translation>每秒 {speed} 个</translation>
    </message>
    <message>
        <source>{seconds} s to first word</source>
        <translation>{seconds} 秒出首字</translation>
    </message>
    <message>
        <source>Prompt: {n} tokens, {reused} of them reused from before</source>
        <translation>提示：{n} 个词元，其中 {reused} 个沿用之前的</translation>
    </message>
    <message>
        <source>Answer: {n} tokens, {guessed} of them guessed from the prompt</source>
        <translation>回答：{n} 个词元，其中 {guessed} 个由提示猜中</translation>
    </message>
    <message>
        <source>First word after {seconds} s</source>
        <translation>{seconds} 秒后出首字</translation>
    </message>
    <message>
        <source>then {speed} tokens a second</source>
        <translation>之后每秒 {speed} 个词元</translation>
    </message>
    <message>
        <source>This answer failed.</source>
        <translation>这次回答失败了。</translation>
    </message>
</context>
<context>
    <name>BackgroundRunning</name>
    <message>
        <source>Inkstone stays ready for quick prompts; quit it from this icon.</source>
        <translation>砚在后台待命，随时可用快捷提示；可从此图标退出。</translation>
    </message>
</context>
<context>
    <name>BlockDecorations</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
</context>
<context>
    <name>BriefForm</name>
    <message>
        <source>As the words suggest</source>
        <translation>按内容判断</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>One a line: numbers, names and dates stay exactly as you write them</source>
        <translation>每行一条：数字、姓名和日期会原样保留</translation>
    </message>
    <message>
        <source>Points that must appear</source>
        <translation>必须出现的要点</translation>
    </message>
    <message>
        <source>Draft it</source>
        <translation>起草</translation>
    </message>
    <message>
        <source>All templates</source>
        <translation>全部模板</translation>
    </message>
    <message>
        <source>Keep this brief</source>
        <translation>保存这份简报</translation>
    </message>
    <message>
        <source>The fields marked with * are needed.</source>
        <translation>带 * 的项目必须填写。</translation>
    </message>
    <message>
        <source>“{name}” is kept in memory until your history can be written.</source>
        <translation>“{name}”暂存于内存中，待历史记录可写入时保存。</translation>
    </message>
    <message>
        <source>Kept as “{name}”.</source>
        <translation>已保存为“{name}”。</translation>
    </message>
    <message>
        <source>Paste a text, or drop a file here</source>
        <translation>粘贴文本，或把文件拖到这里</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>This section is locked; unlock it to change it.</source>
        <translation>这一节已锁定；解锁后才能修改。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字</translation>
    </message>
</context>
<context>
    <name>CanvasCommands</name>
    <message>
        <source>Selected text</source>
        <translation>选中的文字</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>书写</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>粗体</translation>
    </message>
    <message>
        <source>Italic</source>
        <translation>斜体</translation>
    </message>
    <message>
        <source>Large heading</source>
        <translation>大标题</translation>
    </message>
    <message>
        <source>Middle heading</source>
        <translation>中标题</translation>
    </message>
    <message>
        <source>Small heading</source>
        <translation>小标题</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Write the rest, or stop</source>
        <translation>写完其余部分，或停止</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Earlier version</source>
        <translation>较早版本</translation>
    </message>
    <message>
        <source>Copy the draft</source>
        <translation>复制草稿</translation>
    </message>
    <message>
        <source>Copy the draft as rich text</source>
        <translation>复制草稿为富文本</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation>显示所有快捷键</translation>
    </message>
</context>
<context>
    <name>CanvasFooter</name>
    <message>
        <source>Write again</source>
        <translation>重写</translation>
    </message>
    <message>
        <source>Longer</source>
        <translation>扩写</translation>
    </message>
    <message>
        <source>Shorter</source>
        <translation>缩短</translation>
    </message>
    <message>
        <source>More formal</source>
        <translation>更正式</translation>
    </message>
    <message>
        <source>Friendlier</source>
        <translation>更亲切</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Write tests</source>
        <translation>写测试</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>继续写</translation>
    </message>
</context>
<context>
    <name>CanvasHeader</name>
    <message>
        <source>All templates</source>
        <translation>全部模板</translation>
    </message>
    <message>
        <source>Earlier version</source>
        <translation>较早版本</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>As rich text, for a word processor</source>
        <translation>富文本（用于文字处理软件）</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Markdown</translation>
    </message>
</context>
<context>
    <name>CanvasPage</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>ChangesView</name>
    <message>
        <source>Changes</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Accept all</source>
        <translation>全部接受</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>全部拒绝</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>{name} · {n} characters</source>
        <translation>{name} · {n} 字</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>{name} · being read…</source>
        <translation>{name} · 正在读取…</translation>
    </message>
    <message>
        <source>Stop reading {name}</source>
        <translation>停止读取 {name}</translation>
    </message>
</context>
<context>
    <name>ChooseProtection</name>
    <message>
        <source>Protection of the history</source>
        <translation>历史记录的保护</translation>
    </message>
    <message>
        <source>Protect it so</source>
        <translation>这样保护</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>新的临时对话</translation>
    </message>
    <message>
        <source>Draft from a template</source>
        <translation>用模板起草</translation>
    </message>
    <message>
        <source>Go to the message</source>
        <translation>转到输入框</translation>
    </message>
    <message>
        <source>Attach a text file</source>
        <translation>附加文本文件</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Write the last answer again</source>
        <translation>重写上一个回答</translation>
    </message>
    <message>
        <source>Continue the last answer</source>
        <translation>续写上一个回答</translation>
    </message>
    <message>
        <source>Ask the last message differently</source>
        <translation>修改上一条消息再问</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>复制上一个回答</translation>
    </message>
    <message>
        <source>Go on in a new conversation from here</source>
        <translation>从这里另开一个对话</translation>
    </message>
    <message>
        <source>Search in the conversation</source>
        <translation>在对话中搜索</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>搜索全部对话</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>下一个对话</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Pin or unpin the conversation</source>
        <translation>置顶或取消置顶</translation>
    </message>
    <message>
        <source>Archive the conversation</source>
        <translation>归档对话</translation>
    </message>
    <message>
        <source>Delete the conversation</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>Move the conversation to a folder</source>
        <translation>把对话移到文件夹</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Show the bin</source>
        <translation>查看回收站</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation>查看全部快捷键</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>显示或隐藏侧栏</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>显示或隐藏详情</translation>
    </message>
    <message>
        <source>Switch the theme: light or dark</source>
        <translation>切换主题：浅色或深色</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Usual size of text</source>
        <translation>恢复文字大小</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Your message</source>
        <translation>你的消息</translation>
    </message>
    <message>
        <source>What should be written?</source>
        <translation>想写点什么？</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Attach documents (Word, PDF, HTML, text), or drop them here</source>
        <translation>附加文档（Word、PDF、HTML、文本），或拖到这里</translation>
    </message>
    <message>
        <source>Attach documents</source>
        <translation>附加文档</translation>
    </message>
    <message>
        <source>Sent when all is read</source>
        <translation>读完后自动发送</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Stop editing</source>
        <translation>停止修改</translation>
    </message>
    <message>
        <source>Back to what you were writing (Esc)</source>
        <translation>回到刚才写的内容（Esc）</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Esc stops</source>
        <translation>Esc 停止</translation>
    </message>
</context>
<context>
    <name>ComposerController</name>
    <message>
        <source>Editing an earlier message</source>
        <translation>正在修改之前的消息</translation>
    </message>
    <message>
        <source>Correcting an answer</source>
        <translation>正在修改回答</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>Context {percent} %</source>
        <translation>上下文 {percent}%</translation>
    </message>
</context>
<context>
    <name>ConversationHeader</name>
    <message>
        <source>Temporary: never saved</source>
        <translation>临时对话：不保存</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>ConversationLibrary</name>
    <message>
        <source>{n} conversations were imported, {known} were there already.</source>
        <translation>已导入 {n} 个对话，{known} 个已经有了。</translation>
    </message>
    <message>
        <source>Exported to {file}.</source>
        <translation>已导出到 {file}。</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Draft: {title}</source>
        <translation>草稿：{title}</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Unsent text</source>
        <translation>未发送的文字</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
</context>
<context>
    <name>ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation>跳到最新</translation>
    </message>
</context>
<context>
    <name>CopyCode</name>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CopyTool</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>上一个回答</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{n} of {all} tokens</source>
        <translation>{n} / {all} 个词元</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未读入</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读入</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} 个词元</translation>
    </message>
    <message>
        <source>Known already</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写出</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>{n} tokens/s</source>
        <translation>每秒 {n} 个词元</translation>
    </message>
    <message>
        <source>First word</source>
        <translation>首字</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 条消息</translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>{n} 条消息</translation>
    </message>
    <message>
        <source>The oldest messages no longer fit the model, so it does not see them.</source>
        <translation>最早的消息已放不进模型，它看不到这些内容。</translation>
    </message>
    <message>
        <source>Almost full: soon the oldest messages will be left out.</source>
        <translation>快满了：最早的消息很快会读不到。</translation>
    </message>
    <message>
        <source>The model sees the whole conversation.</source>
        <translation>模型能看到整个对话。</translation>
    </message>
</context>
<context>
    <name>Device</name>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU，1 个线程</translation>
    </message>
    <message>
        <source>CPU, {n} threads</source>
        <translation>CPU，{n} 个线程</translation>
    </message>
    <message>
        <source>The CPU was chosen in the settings.</source>
        <translation>设置里选择了 CPU。</translation>
    </message>
    <message>
        <source>CUDA was chosen, but the installed ONNX Runtime has no CUDA.</source>
        <translation>选择了 CUDA，但安装的 ONNX Runtime 不带 CUDA。</translation>
    </message>
    <message>
        <source>The CPU is used: the installed ONNX Runtime has no CUDA.</source>
        <translation>使用 CPU：安装的 ONNX Runtime 不带 CUDA。</translation>
    </message>
    <message>
        <source>The CPU is used: this model is prepared in {precision}, for CPUs.</source>
        <translation>使用 CPU：这个模型按 {precision} 为 CPU 准备。</translation>
    </message>
    <message>
        <source>CUDA works on this machine.</source>
        <translation>这台机器可以用 CUDA。</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>DifferenceView</name>
    <message>
        <source>Text and changes</source>
        <translation>文字与修改</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Documents (*.docx *.pdf *.html *.htm *.md *.txt);;All files (*)</source>
        <translation>文档 (*.docx *.pdf *.html *.htm *.md *.txt);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>DraftExport</name>
    <message>
        <source>The document was copied.</source>
        <translation>文档已复制。</translation>
    </message>
    <message>
        <source>The document was copied as rich text.</source>
        <translation>文档已复制为富文本。</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>DraftingWindow</name>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Write a short, friendly email to a customer: the order is late, we offer 10% off.</source>
        <translation>给客户写一封简短友好的邮件：订单延迟，我们优惠 10%。</translation>
    </message>
    <message>
        <source>What shall we write?</source>
        <translation>今天写点什么？</translation>
    </message>
    <message>
        <source>An email</source>
        <translation>一封邮件</translation>
    </message>
    <message>
        <source>A plan</source>
        <translation>一份计划</translation>
    </message>
    <message>
        <source>Write next week&apos;s plan for the sales team: formal, one page.</source>
        <translation>写销售团队下周的计划：正式，一页。</translation>
    </message>
    <message>
        <source>An explanation</source>
        <translation>一段讲解</translation>
    </message>
    <message>
        <source>Explain photosynthesis to a class of twelve-year-olds.</source>
        <translation>给十二岁的学生讲解光合作用。</translation>
    </message>
    <message>
        <source>A piece of code</source>
        <translation>一段代码</translation>
    </message>
    <message>
        <source>Write a Python function that finds the ten largest files in a folder.</source>
        <translation>写一个 Python 函数，找出文件夹里最大的十个文件。</translation>
    </message>
    <message>
        <source>send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>new line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>new chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>Failure</name>
    <message>
        <source>{name} cannot be written: no font on this machine has {letters}; install a font that does.</source>
        <translation>{name} 无法写入：本机没有字体包含 {letters}，请安装含有这些字符的字体。</translation>
    </message>
    <message>
        <source>{name} cannot be written: it holds characters that no font on this machine has.</source>
        <translation>{name} 无法写入：其中有本机任何字体都没有的字符。</translation>
    </message>
    <message>
        <source>{name} cannot be written: its name must end in {endings}.</source>
        <translation>{name} 无法写入：文件名必须以 {endings} 结尾。</translation>
    </message>
    <message>
        <source>{name} cannot be written: {why}</source>
        <translation>{name} 无法写入：{why}</translation>
    </message>
    <message>
        <source>{name} cannot be read: Inkstone reads .docx, .pdf, .html and any kind of plain text.</source>
        <translation>{name} 无法读取：Inkstone 能读取 .docx、.pdf、.html 和各种纯文本。</translation>
    </message>
    <message>
        <source>{name} is larger than {mib} MiB; give a part of it.</source>
        <translation>{name} 超过 {mib} MiB，请只给出其中一部分。</translation>
    </message>
    <message>
        <source>{name} cannot be read: {why}</source>
        <translation>{name} 无法读取：{why}</translation>
    </message>
    <message>
        <source>{name} is not text.</source>
        <translation>{name} 不是文本。</translation>
    </message>
    <message>
        <source>{name} holds no text.</source>
        <translation>{name} 里没有文字。</translation>
    </message>
    <message>
        <source>{name} holds no text, only pictures; scanned pages cannot be read.</source>
        <translation>{name} 里没有文字，只有图片；无法读取扫描的页面。</translation>
    </message>
    <message>
        <source>{name} is protected by a password; save a copy without one.</source>
        <translation>{name} 受密码保护，请另存一份没有密码的副本。</translation>
    </message>
    <message>
        <source>{name} is damaged, or no PDF file.</source>
        <translation>{name} 已损坏，或不是 PDF 文件。</translation>
    </message>
    <message>
        <source>{name} is damaged, protected by a password, or no Word document.</source>
        <translation>{name} 已损坏、受密码保护，或不是 Word 文档。</translation>
    </message>
    <message>
        <source>{name} unpacks to more than any letter holds; it was not opened.</source>
        <translation>{name} 解压后大得不像一份文档，没有打开。</translation>
    </message>
    <message>
        <source>{name} holds more than {n} characters of text; give a part of it.</source>
        <translation>{name} 的文字超过 {n} 个字符，请只给出其中一部分。</translation>
    </message>
    <message>
        <source>{name} is nested too deeply to be read.</source>
        <translation>{name} 嵌套太深，无法读取。</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is damaged, or needs too much memory.</source>
        <translation>{name} 无法读取：文件已损坏，或需要太多内存。</translation>
    </message>
    <message>
        <source>{name} was not read: it was stopped.</source>
        <translation>{name} 没有读完：已停止。</translation>
    </message>
    <message>
        <source>{name} could not be opened in time; try again.</source>
        <translation>{name} 未能及时打开，请重试。</translation>
    </message>
    <message>
        <source>{name} takes too long to read; it was given up.</source>
        <translation>{name} 读取时间太长，已放弃。</translation>
    </message>
    <message>
        <source>{name} needs too much memory to be read; it was given up.</source>
        <translation>读取 {name} 需要太多内存，已放弃。</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>this is not allowed</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>this is a folder</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>this disk can only be read</source>
        <translation>这个磁盘只能读取</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>名称太长</translation>
    </message>
    <message>
        <source>the disk does not answer</source>
        <translation>磁盘没有响应</translation>
    </message>
    <message>
        <source>This key does not open the history; nothing was changed.</source>
        <translation>这个密钥打不开历史记录；什么都没有改动。</translation>
    </message>
    <message>
        <source>The history in {path} is damaged; restore a backup, or move its folder away.</source>
        <translation>历史记录 {path} 已损坏；请恢复备份，或将其文件夹移走。</translation>
    </message>
    <message>
        <source>The history was written by a newer Inkstone: it can be read, and nothing new is saved.</source>
        <translation>历史记录由更新版本的 Inkstone 写成：可以阅读，但不会保存新内容。</translation>
    </message>
    <message>
        <source>Another Inkstone is writing the history; here it can only be read.</source>
        <translation>另一个 Inkstone 正在写历史记录；这里只能阅读。</translation>
    </message>
    <message>
        <source>The history in {path} cannot be written.</source>
        <translation>{path} 里的历史记录无法写入。</translation>
    </message>
    <message>
        <source>The disk of {path} is full.</source>
        <translation>{path} 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>What you wrote last is not saved yet, so nothing was changed; try again.</source>
        <translation>您最后写下的内容尚未保存，因此未作任何更改；请重试。</translation>
    </message>
    <message>
        <source>Another program is holding the history.</source>
        <translation>另一个程序占用着历史记录。</translation>
    </message>
    <message>
        <source>The keyring of this system does not give the key of the history.</source>
        <translation>系统的密钥环没有给出历史记录的密钥。</translation>
    </message>
    <message>
        <source>{name} was not imported: {reason}.</source>
        <translation>{name} 没有导入：{reason}。</translation>
    </message>
    <message>
        <source>That is no longer in the history.</source>
        <translation>历史记录里已经没有它了。</translation>
    </message>
    <message>
        <source>There is nothing to answer; write what you want to know or to have written.</source>
        <translation>没有可回答的内容；请写下想问的或想写的。</translation>
    </message>
    <message>
        <source>This request is {tokens} tokens long; the model takes at most {limit}: shorten it or split it.</source>
        <translation>这个请求有 {tokens} 个词元，模型最多接受 {limit} 个：请缩短或拆开。</translation>
    </message>
    <message>
        <source>There is no model “{model}” on this machine.</source>
        <translation>这台机器上没有模型“{model}”。</translation>
    </message>
    <message>
        <source>The model cannot be used, its file {path} is damaged or missing.</source>
        <translation>模型无法使用：文件 {path} 损坏或缺失。</translation>
    </message>
    <message>
        <source>{name} is a model that Inkstone cannot run.</source>
        <translation>Inkstone 无法运行模型 {name}。</translation>
    </message>
    <message>
        <source>The model could not be downloaded ({reason}); check the network and try again.</source>
        <translation>模型下载失败（{reason}）；请检查网络后重试。</translation>
    </message>
    <message>
        <source>{name} is not the file that was expected; it was thrown away, try again.</source>
        <translation>{name} 不是预期的文件，已丢弃；请重试。</translation>
    </message>
    <message>
        <source>The disk of {folder} is full; make room for {mib} MiB and try again.</source>
        <translation>{folder} 所在的磁盘已满；请腾出 {mib} MiB 后重试。</translation>
    </message>
    <message>
        <source>Inkstone runs with --offline, so this was refused.</source>
        <translation>Inkstone 以 --offline 运行，所以拒绝了这个请求。</translation>
    </message>
    <message>
        <source>“{model}” is the model in use; use another one first.</source>
        <translation>“{model}”正在使用；请先换用其他模型。</translation>
    </message>
    <message>
        <source>{folder} belongs to the installation, so it stays.</source>
        <translation>{folder} 属于安装目录，因此保留。</translation>
    </message>
    <message>
        <source>{folder} could not be removed ({reason}); close what uses it and try again.</source>
        <translation>无法删除 {folder}（{reason}）；请关闭正在使用它的程序后重试。</translation>
    </message>
    <message>
        <source>The model was changed meanwhile; try again, and the one that is chosen now answers.</source>
        <translation>模型在此期间已更换；请重试，将由现在选用的模型回答。</translation>
    </message>
    <message>
        <source>Another Inkstone is preparing a model; wait until it is done.</source>
        <translation>另一个 Inkstone 正在准备模型；请等它完成。</translation>
    </message>
    <message>
        <source>Inkstone is running but does not answer; wait a little and try again, or end it first.</source>
        <translation>Inkstone 正在运行，但没有响应；请稍等片刻再试，或先结束它。</translation>
    </message>
    <message>
        <source>{model} does not write Chinese; choose a model for Chinese in the settings.</source>
        <translation>{model} 不会写中文；请在设置中选择一个支持中文的模型。</translation>
    </message>
    <message>
        <source>{model} does not write English; choose a model for English in the settings.</source>
        <translation>{model} 不会写英文；请在设置中选择一个支持英文的模型。</translation>
    </message>
    <message>
        <source>Something in Inkstone went wrong, which is its own fault; no report could be written.</source>
        <translation>Inkstone 出错了，这是它自己的问题；报告未能写入。</translation>
    </message>
    <message>
        <source>Something in Inkstone went wrong, which is its own fault; a report lies in {report}.</source>
        <translation>Inkstone 出错了，这是它自己的问题；报告在 {report}。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Word document</source>
        <translation>Word 文档</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Search in the conversation</source>
        <translation>在对话中搜索</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一处</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>{n} of {m}</source>
        <translation>{n} / {m}</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Search templates: weekly report, cover letter …</source>
        <translation>搜索模板：周报、求职信……</translation>
    </message>
    <message>
        <source>Search templates</source>
        <translation>搜索模板</translation>
    </message>
    <message>
        <source>Empty the search</source>
        <translation>清空搜索</translation>
    </message>
    <message>
        <source>Add a template</source>
        <translation>添加模板</translation>
    </message>
    <message>
        <source>No template has these words. Fewer words find more.</source>
        <translation>没有包含这些词的模板。少写几个词会找到更多。</translation>
    </message>
    <message>
        <source>Recent drafts</source>
        <translation>最近的草稿</translation>
    </message>
    <message>
        <source>What shall we write?</source>
        <translation>今天写点什么？</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>您自己的</translation>
    </message>
    <message>
        <source>Left out: {reason}</source>
        <translation>未载入：{reason}</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>文字大小</translation>
    </message>
</context>
<context>
    <name>HistoryNotice</name>
    <message>
        <source>Choose how your history is protected; until then it is kept in memory only.</source>
        <translation>请选择如何保护历史记录；在此之前它只在内存里。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Your history is locked; what you write now is saved once it is open.</source>
        <translation>历史记录已锁定；打开之后，现在写的内容会保存进去。</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>解锁…</translation>
    </message>
    <message>
        <source>The disk is full: what you write is kept in memory and saved as soon as there is room.</source>
        <translation>磁盘已满：你写的内容先留在内存里，一有空间就保存。</translation>
    </message>
    <message>
        <source>What you write is kept in memory and saved as soon as this is over.</source>
        <translation>你写的内容先留在内存里，恢复之后立即保存。</translation>
    </message>
    <message>
        <source>What you wrote last is not saved. Close the window once more to quit and lose it.</source>
        <translation>最后写的内容还没有保存。再关一次窗口就会退出并丢失它。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Recovery key…</source>
        <translation>恢复密钥…</translation>
    </message>
    <message>
        <source>Back up now…</source>
        <translation>立即备份…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export everything…</source>
        <translation>导出全部…</translation>
    </message>
    <message>
        <source>Empty the bin</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保护</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>One file with everything, protected as the history is; “inkstone history restore” brings it back.</source>
        <translation>一个文件装下全部内容，保护方式与历史记录相同。用“inkstone history restore”恢复。</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>导入导出</translation>
    </message>
    <message>
        <source>Conversations of ChatGPT&apos;s export, of Markdown files, or of Inkstone&apos;s own JSON.</source>
        <translation>支持 ChatGPT 的导出、Markdown 文件和 Inkstone 自己的 JSON。</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>What lies there is deleted for good after 30 days.</source>
        <translation>里面的内容 30 天后彻底删除。</translation>
    </message>
    <message>
        <source>Encrypted, key in the keyring</source>
        <translation>已加密，密钥在密钥环里</translation>
    </message>
    <message>
        <source>Encrypted, with a passphrase</source>
        <translation>已加密，用口令保护</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>不加密</translation>
    </message>
    <message>
        <source>Not opened yet</source>
        <translation>尚未打开</translation>
    </message>
    <message>
        <source>Changing the protection…</source>
        <translation>正在更改保护方式…</translation>
    </message>
    <message>
        <source>The protection was changed.</source>
        <translation>保护方式已更改。</translation>
    </message>
    <message>
        <source>Back up the history</source>
        <translation>备份历史记录</translation>
    </message>
    <message>
        <source>Writing the backup…</source>
        <translation>正在写备份…</translation>
    </message>
    <message>
        <source>The backup is in {file}.</source>
        <translation>备份在 {file}。</translation>
    </message>
    <message>
        <source>Export everything</source>
        <translation>导出全部</translation>
    </message>
    <message>
        <source>{n} texts were deleted for good.</source>
        <translation>已彻底删除 {n} 项。</translation>
    </message>
</context>
<context>
    <name>KeptBriefs</name>
    <message>
        <source>The briefs that you kept are in your history, which is not open; unlock it to use them.</source>
        <translation>您保存的简报在历史记录中，而历史记录尚未打开；请解锁后使用。</translation>
    </message>
    <message>
        <source>Same as</source>
        <translation>沿用</translation>
    </message>
    <message>
        <source>A new brief</source>
        <translation>新的简报</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Key of: {command}</source>
        <translation>快捷键：{command}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>No key for: {command}</source>
        <translation>取消快捷键：{command}</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Enter</source>
        <translation>回车</translation>
    </message>
</context>
<context>
    <name>LanguageNotice</name>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>{model} does not write {language} well. These models here do:</source>
        <translation>{model} 写不好{language}。这里有能写好的模型：</translation>
    </message>
    <message>
        <source>{model} does not write {language} well, and no model here does: expect your points, and little else. Settings › Model imports one.</source>
        <translation>{model} 写不好{language}，这里也没有能写好的模型：草稿里除了您的要点不会有太多内容。可以在“设置 › 模型”中导入一个。</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
</context>
<context>
    <name>Latest</name>
    <message>
        <source>The last answer was copied.</source>
        <translation>上一个回答已复制。</translation>
    </message>
</context>
<context>
    <name>LinkQuestion</name>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Open this address outside of Inkstone?</source>
        <translation>要在 Inkstone 之外打开这个地址吗？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Inkstone opens addresses of the web and of mail only.</source>
        <translation>Inkstone 只打开网页和邮件地址。</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Answer finished: {text}</source>
        <translation>回答完成：{text}</translation>
    </message>
    <message>
        <source>Answer ended: {text}</source>
        <translation>回答结束：{text}</translation>
    </message>
</context>
<context>
    <name>MessageTools</name>
    <message>
        <source>Copy as…</source>
        <translation>复制为…</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为纯文本</translation>
    </message>
    <message>
        <source>Copy as rich text</source>
        <translation>复制为富文本</translation>
    </message>
    <message>
        <source>Fork from here</source>
        <translation>从这里分叉</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ModelNotice</name>
    <message>
        <source>More models…</source>
        <translation>更多模型…</translation>
    </message>
    <message>
        <source>Use another model</source>
        <translation>使用其他模型</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>The starter model is not on this machine yet (93 MB download).</source>
        <translation>这台机器上还没有入门模型（需下载 93 MB）。</translation>
    </message>
    <message>
        <source>“{model}” is not on this machine yet ({size} download).</source>
        <translation>这台机器上还没有“{model}”（需下载 {size}）。</translation>
    </message>
    <message>
        <source>The files of “{model}” are not on this machine any more; import it again, or use another model.</source>
        <translation>“{model}”的文件已不在这台机器上；请重新导入，或使用其他模型。</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Preparing the starter model…</source>
        <translation>正在准备入门模型…</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Import a GGUF file…</source>
        <translation>导入 GGUF 文件…</translation>
    </message>
    <message>
        <source>Llama, SmolLM and Qwen models, as LM Studio, Ollama and Jan keep them.</source>
        <translation>支持 Llama、SmolLM 和 Qwen 模型，例如 LM Studio、Ollama 和 Jan 保存的文件。</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>这台机器上的模型</translation>
    </message>
    <message>
        <source>How it runs</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Models ({kinds})</source>
        <translation>模型（{kinds}）</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>导入模型</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用它</translation>
    </message>
    <message>
        <source>Prepare it again</source>
        <translation>重新准备</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Prepare</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Download {size} and convert it</source>
        <translation>下载 {size} 并转换</translation>
    </message>
    <message>
        <source>More about {model}</source>
        <translation>{model}：更多</translation>
    </message>
    <message>
        <source>Check files</source>
        <translation>检查文件</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
</context>
<context>
    <name>ModelState</name>
    <message>
        <source>Waiting for the model…</source>
        <translation>正在等待模型…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在阅读…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Choose a model first</source>
        <translation>请先选择模型</translation>
    </message>
    <message>
        <source>Prepare the model first</source>
        <translation>请先准备模型</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>The model could not be loaded</source>
        <translation>模型无法加载</translation>
    </message>
    <message>
        <source>Preparing the model…</source>
        <translation>正在准备模型…</translation>
    </message>
    <message>
        <source>The starter model is being prepared</source>
        <translation>正在准备入门模型</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>Prepare the starter model first</source>
        <translation>请先准备入门模型</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Preparing the model…</source>
        <translation>正在准备模型…</translation>
    </message>
    <message>
        <source>Checking the files…</source>
        <translation>正在检查文件…</translation>
    </message>
    <message>
        <source>Removing the model…</source>
        <translation>正在删除模型…</translation>
    </message>
    <message>
        <source>“{model}” is ready.</source>
        <translation>“{model}”已准备好。</translation>
    </message>
    <message>
        <source>All files of “{model}” are as they were prepared.</source>
        <translation>“{model}”的所有文件都完好无损。</translation>
    </message>
    <message>
        <source>“{model}” was removed; {size} are free.</source>
        <translation>已删除“{model}”，释放了 {size}。</translation>
    </message>
    <message>
        <source>There is not enough memory for this model; close other programs and try again.</source>
        <translation>内存不够处理这个模型；请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>{n} tokens of context</source>
        <translation>上下文 {n} 个词元</translation>
    </message>
    <message>
        <source>Not on this machine yet</source>
        <translation>尚未准备</translation>
    </message>
    <message>
        <source>Its files are missing or damaged: remove it and import it again</source>
        <translation>文件缺失或损坏：请删除后重新导入</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>Outline</name>
    <message>
        <source>Sections</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Selected: {amount}</source>
        <translation>已选：{amount}</translation>
    </message>
    <message>
        <source>{n} characters</source>
        <translation>{n} 字</translation>
    </message>
    <message>
        <source>{n} words</source>
        <translation>{n} 词</translation>
    </message>
    <message>
        <source>sections</source>
        <translation>章节</translation>
    </message>
    <message>
        <source>length</source>
        <translation>篇幅</translation>
    </message>
    <message>
        <source>no repeats</source>
        <translation>无重复</translation>
    </message>
    <message>
        <source>language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>points</source>
        <translation>要点</translation>
    </message>
    <message>
        <source>nothing left of the prompt</source>
        <translation>无提示词残留</translation>
    </message>
    <message>
        <source>{minutes} min to read</source>
        <translation>阅读约 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Not as asked: {what}</source>
        <translation>未达到要求：{what}</translation>
    </message>
    <message>
        <source>All checks hold</source>
        <translation>全部检查通过</translation>
    </message>
    <message>
        <source>To be filled: {what}</source>
        <translation>待填写：{what}</translation>
    </message>
</context>
<context>
    <name>OwnMessage</name>
    <message>
        <source>You wrote</source>
        <translation>你写的</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Find a command or a conversation</source>
        <translation>查找命令或对话</translation>
    </message>
    <message>
        <source>Commands and conversations</source>
        <translation>命令和对话</translation>
    </message>
</context>
<context>
    <name>PieceKeys</name>
    <message>
        <source>Changes in a draft</source>
        <translation>草稿中的改动</translation>
    </message>
    <message>
        <source>Accept the change here</source>
        <translation>接受此处改动</translation>
    </message>
    <message>
        <source>Reject the change here</source>
        <translation>拒绝此处改动</translation>
    </message>
    <message>
        <source>Next change</source>
        <translation>下一处改动</translation>
    </message>
    <message>
        <source>Change before</source>
        <translation>上一处改动</translation>
    </message>
    <message>
        <source>Accept all changes</source>
        <translation>接受全部改动</translation>
    </message>
    <message>
        <source>Reject all changes</source>
        <translation>拒绝全部改动</translation>
    </message>
</context>
<context>
    <name>ProtectionChoice</name>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Passphrase once more</source>
        <translation>再输一次口令</translation>
    </message>
    <message>
        <source>At least {n} characters.</source>
        <translation>至少 {n} 个字符。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Encrypted; this system keeps the key and opens it when you log in.</source>
        <translation>加密；密钥由系统保管，登录后自动打开。</translation>
    </message>
    <message>
        <source>This system has no keyring that works.</source>
        <translation>这个系统没有可用的密钥环。</translation>
    </message>
    <message>
        <source>Keyring of this system</source>
        <translation>系统密钥环</translation>
    </message>
    <message>
        <source>Encrypted; you type it at every start. Without it nobody can read the history, not even you.</source>
        <translation>加密；每次启动时输入。没有它谁也读不了历史记录，包括你自己。</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>不加密</translation>
    </message>
    <message>
        <source>Whoever can read the files of this machine can read the history.</source>
        <translation>能读这台机器上文件的人都能读历史记录。</translation>
    </message>
</context>
<context>
    <name>QuickCard</name>
    <message>
        <source>Inkstone quick prompt</source>
        <translation>砚·快捷提示</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Ask, or pick an action…</source>
        <translation>提问，或选择一个操作…</translation>
    </message>
    <message>
        <source>Ask anything…</source>
        <translation>想问什么…</translation>
    </message>
    <message>
        <source>This selection is a secret, so it is not read</source>
        <translation>所选内容是机密，因此没有读取</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>正在处理…</translation>
    </message>
    <message>
        <source>Selected in {program}</source>
        <translation>选自 {program}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>the model wrote nothing</source>
        <translation>模型没有写出任何内容</translation>
    </message>
    <message>
        <source>the language changed: {found}</source>
        <translation>语言变了：{found}</translation>
    </message>
    <message>
        <source>the length: {found}</source>
        <translation>长度：{found}</translation>
    </message>
    <message>
        <source>numbers: {found}</source>
        <translation>数字：{found}</translation>
    </message>
    <message>
        <source>names: {found}</source>
        <translation>名称：{found}</translation>
    </message>
    <message>
        <source>the meaning: {found}</source>
        <translation>意思：{found}</translation>
    </message>
    <message>
        <source>this is no result: {found}</source>
        <translation>这不是结果：{found}</translation>
    </message>
    <message>
        <source>it repeats itself</source>
        <translation>内容重复</translation>
    </message>
    <message>
        <source>not sure about {found}</source>
        <translation>拿不准：{found}</translation>
    </message>
    <message>
        <source>Only a suggestion: {reason}</source>
        <translation>仅供参考：{reason}</translation>
    </message>
    <message>
        <source>Nothing to change</source>
        <translation>无需修改</translation>
    </message>
    <message>
        <source>1 change in {program}</source>
        <translation>{program} 中有 1 处修改</translation>
    </message>
    <message>
        <source>{n} changes in {program}</source>
        <translation>{program} 中有 {n} 处修改</translation>
    </message>
    <message>
        <source>1 change</source>
        <translation>1 处修改</translation>
    </message>
    <message>
        <source>{n} changes</source>
        <translation>{n} 处修改</translation>
    </message>
    <message>
        <source>Insert below</source>
        <translation>插入下方</translation>
    </message>
    <message>
        <source>Replace anyway</source>
        <translation>仍然替换</translation>
    </message>
    <message>
        <source>What you want</source>
        <translation>您的要求</translation>
    </message>
</context>
<context>
    <name>QuickPage</name>
    <message>
        <source>Stay ready when the window is closed</source>
        <translation>关闭窗口后保持待命</translation>
    </message>
    <message>
        <source>Start when I log in</source>
        <translation>登录时启动</translation>
    </message>
    <message>
        <source>Edit the actions…</source>
        <translation>编辑操作…</translation>
    </message>
    <message>
        <source>Any other way of calling it starts this command:</source>
        <translation>其他调用方式都运行这条命令：</translation>
    </message>
    <message>
        <source>The command to bind to a key</source>
        <translation>要绑定到按键的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Bind it in {desktop}</source>
        <translation>在 {desktop} 中绑定</translation>
    </message>
    <message>
        <source>Quick prompt</source>
        <translation>快捷提示</translation>
    </message>
    <message>
        <source>“{command}” has this key already.</source>
        <translation>“{command}”已经用了这个键。</translation>
    </message>
    <message>
        <source>A shortcut needs Ctrl, Alt or the system key, and a letter, digit, space or F key.</source>
        <translation>快捷键需要 Ctrl、Alt 或系统键，再加一个字母、数字、空格或 F 键。</translation>
    </message>
    <message>
        <source>{command}: {trouble}</source>
        <translation>{command}：{trouble}</translation>
    </message>
    <message>
        <source>The command was copied.</source>
        <translation>命令已复制。</translation>
    </message>
    <message>
        <source>The key is bound; change it in the settings of the desktop, or here again.</source>
        <translation>已绑定；可在桌面设置中更改，或在此重新绑定。</translation>
    </message>
    <message>
        <source>The key is bound; it holds from your next login.</source>
        <translation>已绑定；下次登录起生效。</translation>
    </message>
</context>
<context>
    <name>QuickPrompt</name>
    <message>
        <source>This desktop does not tell what is selected: paste it with your question</source>
        <translation>此桌面不提供所选内容：请把它和问题一起粘贴进来</translation>
    </message>
    <message>
        <source>Copied: press Ctrl+V where you want it</source>
        <translation>已复制：在需要的地方按 Ctrl+V</translation>
    </message>
    <message>
        <source>Copied, because the window it came from is not in front any more: press Ctrl+V there</source>
        <translation>已复制，因为原来的窗口已不在最前：请在那里按 Ctrl+V</translation>
    </message>
    <message>
        <source>Copied, because the program did not take it: press Ctrl+V there</source>
        <translation>已复制，因为该程序没有接收：请在那里按 Ctrl+V</translation>
    </message>
</context>
<context>
    <name>RecoveryKey</name>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>It opens the history when the keyring or the passphrase is lost. Write it down or print it, and keep it where nobody else finds it: whoever has it can read everything.</source>
        <translation>密钥环或口令丢失时，用它打开历史记录。请抄下或打印，放在别人找不到的地方：拿到它的人可以读到全部内容。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>RemoveQuestion</name>
    <message>
        <source>Remove a model</source>
        <translation>删除模型</translation>
    </message>
    <message>
        <source>Remove “{model}”? This frees {size}.</source>
        <translation>要删除“{model}”吗？这会释放 {size}。</translation>
    </message>
    <message>
        <source>It can be downloaded again.</source>
        <translation>以后可以重新下载。</translation>
    </message>
    <message>
        <source>The file that it was imported from stays where it is.</source>
        <translation>导入时所用的文件仍留在原处。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>RowPainter</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>RunForm</name>
    <message>
        <source>The best that works</source>
        <translation>自动选择</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA 显卡</translation>
    </message>
    <message>
        <source>One for each core</source>
        <translation>每个核心一个</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Let other programs go first</source>
        <translation>让其他程序优先</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Threads of the CPU</source>
        <translation>CPU 线程数</translation>
    </message>
    <message>
        <source>Memory for conversations</source>
        <translation>对话缓存</translation>
    </message>
    <message>
        <source>What the model has read of them, so that going back to one is instant.</source>
        <translation>保存模型读过的内容，回到旧对话时无需等待。</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Use now</source>
        <translation>立即使用</translation>
    </message>
    <message>
        <source>Load the model again with these settings</source>
        <translation>按这些设置重新加载模型</translation>
    </message>
    <message>
        <source>Otherwise these hold from the next start.</source>
        <translation>否则下次启动时生效。</translation>
    </message>
</context>
<context>
    <name>SectionPane</name>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Being changed</source>
        <translation>正在修改</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>New section</source>
        <translation>新的一节</translation>
    </message>
</context>
<context>
    <name>SelectedText</name>
    <message>
        <source>This section is locked; unlock it to change it.</source>
        <translation>这一节已锁定；解锁后才能修改。</translation>
    </message>
    <message>
        <source>Accept or reject the changes first.</source>
        <translation>请先接受或拒绝这些修改。</translation>
    </message>
    <message>
        <source>Select some text first.</source>
        <translation>请先选中一些文字。</translation>
    </message>
    <message>
        <source>Nothing to change.</source>
        <translation>没有需要修改的地方。</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>什么也没有写出来。</translation>
    </message>
    <message>
        <source>Pieces that stay as they were: {n}</source>
        <translation>保持原样的部分：{n}</translation>
    </message>
    <message>
        <source>The text has changed since; copy the suggestion instead.</source>
        <translation>原文已经改动；请改为复制这条建议。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Quick prompts</source>
        <translation>快捷提示</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>模板提示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SettingsNotice</name>
    <message>
        <source>The settings could not be saved ({reason}); what you changed holds until Inkstone ends.</source>
        <translation>设置无法保存（{reason}）；您的更改在 Inkstone 退出之前有效。</translation>
    </message>
    <message>
        <source>{file} cannot be read{place}, so the usual settings hold; the file is kept.</source>
        <translation>无法读取 {file}{place}，因此使用默认设置；该文件会保留。</translation>
    </message>
    <message>
        <source>{file} has settings that mean nothing here, so the usual ones hold: {keys}; the file is kept.</source>
        <translation>{file} 中有无法识别的设置，因此这些项使用默认值：{keys}；该文件会保留。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>“{key}”</source>
        <translation>“{key}”</translation>
    </message>
    <message>
        <source> (line {line})</source>
        <translation>（第 {line} 行）</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Change shortcuts…</source>
        <translation>更改快捷键…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutPage</name>
    <message>
        <source>Usual keys</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>“{command}” has this key already.</source>
        <translation>“{command}”已经用了这个键。</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>X11: Inkstone takes its shortcuts from the X server itself.</source>
        <translation>X11：Inkstone 直接从 X 服务器获取快捷键。</translation>
    </message>
    <message>
        <source>Wayland: the desktop asks you once and then calls Inkstone, through its portal.</source>
        <translation>Wayland：桌面会询问您一次，之后通过其门户（portal）呼叫 Inkstone。</translation>
    </message>
    <message>
        <source>Windows: Inkstone registers its shortcuts with the system.</source>
        <translation>Windows：Inkstone 向系统注册快捷键。</translation>
    </message>
    <message>
        <source>macOS: Inkstone registers its shortcuts with the system.</source>
        <translation>macOS：Inkstone 向系统注册快捷键。</translation>
    </message>
    <message>
        <source>Wayland without portal: bind the command below in the keyboard settings of the desktop.</source>
        <translation>Wayland 且没有门户（portal）：请在桌面的键盘设置中绑定下面的命令。</translation>
    </message>
    <message>
        <source>The screen does not answer: there are no shortcuts here.</source>
        <translation>屏幕没有响应：此处没有快捷键。</translation>
    </message>
    <message>
        <source>Bind the command below to a key with the tools of this system.</source>
        <translation>请用此系统的工具把下面的命令绑定到一个按键。</translation>
    </message>
    <message>
        <source>The desktop is asking you for it.</source>
        <translation>桌面正在询问您是否允许。</translation>
    </message>
    <message>
        <source>Another program has this shortcut; choose another one.</source>
        <translation>此快捷键已被其他程序占用；请换一个。</translation>
    </message>
    <message>
        <source>Two actions have this shortcut; choose another one for one of them.</source>
        <translation>两个操作使用了同一个快捷键；请为其中一个换一个。</translation>
    </message>
    <message>
        <source>This is no shortcut; write one as Ctrl+Alt+Space.</source>
        <translation>这不是快捷键；请写成 Ctrl+Alt+Space 这样的形式。</translation>
    </message>
    <message>
        <source>The keyboard has no such key.</source>
        <translation>键盘上没有这个键。</translation>
    </message>
    <message>
        <source>You or the desktop refused it; it is asked for again when it is changed or Inkstone starts.</source>
        <translation>您或桌面拒绝了它；更改它或重新启动 Inkstone 时会再次询问。</translation>
    </message>
    <message>
        <source>The desktop gave it no key; choose one in its keyboard settings.</source>
        <translation>桌面没有给它分配按键；请在桌面的键盘设置中选择一个。</translation>
    </message>
    <message>
        <source>The desktop&apos;s portal has ended; the shortcut holds again when it is back.</source>
        <translation>桌面的门户（portal）已结束；恢复后快捷键会重新生效。</translation>
    </message>
    <message>
        <source>The desktop has no portal for shortcuts; bind the command in its keyboard settings.</source>
        <translation>桌面没有快捷键门户（portal）；请在其键盘设置中绑定命令。</translation>
    </message>
    <message>
        <source>The system refused it.</source>
        <translation>系统拒绝了它。</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>New temporary chat</source>
        <translation>新的临时对话</translation>
    </message>
    <message>
        <source>New temporary chat: it is never saved</source>
        <translation>新的临时对话：不会保存</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search all conversations</source>
        <translation>搜索全部对话</translation>
    </message>
    <message>
        <source>Empty the bin</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Move to a folder</source>
        <translation>移到文件夹</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>移出归档</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Nothing says “{query}”.</source>
        <translation>没有找到“{query}”。</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>不放入文件夹</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>标签，用逗号分开</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>文件夹名称</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>全部对话</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>What you write appears here.</source>
        <translation>你写的内容会出现在这里。</translation>
    </message>
    <message>
        <source>This folder is empty.</source>
        <translation>这个文件夹是空的。</translation>
    </message>
    <message>
        <source>Nothing has this tag any more.</source>
        <translation>已经没有对话带这个标签了。</translation>
    </message>
    <message>
        <source>The archive is empty.</source>
        <translation>归档是空的。</translation>
    </message>
    <message>
        <source>The bin is empty. What lies here is deleted after 30 days.</source>
        <translation>回收站是空的。里面的内容 30 天后删除。</translation>
    </message>
</context>
<context>
    <name>SourceField</name>
    <message>
        <source>From a file…</source>
        <translation>从文件读取…</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Local only: nothing leaves this machine</source>
        <translation>只在本机：没有内容离开这台机器</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>每秒 {speed} 个词元</translation>
    </message>
</context>
<context>
    <name>SuggestionCard</name>
    <message>
        <source>Show as changes</source>
        <translation>显示为修改</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stopped: this much was written</source>
        <translation>已停止：写到这里</translation>
    </message>
    <message>
        <source>Only a suggestion</source>
        <translation>仅供参考</translation>
    </message>
</context>
<context>
    <name>SuggestionChip</name>
    <message>
        <source>Not a template</source>
        <translation>不是模板</translation>
    </message>
    <message>
        <source>Just chat: messages like this get no such offer again</source>
        <translation>只是聊天：以后类似的内容不再提示</translation>
    </message>
    <message>
        <source>Another template</source>
        <translation>换一个模板</translation>
    </message>
    <message>
        <source>Another template: messages like this get that offer from now on</source>
        <translation>换一个模板：以后类似的内容会提示那个模板</translation>
    </message>
    <message>
        <source>points: {n}</source>
        <translation>要点：{n}</translation>
    </message>
    <message>
        <source>{offer}   Tab</source>
        <translation>{offer}   Tab</translation>
    </message>
    <message>
        <source>Open the brief: {offer}</source>
        <translation>打开简报：{offer}</translation>
    </message>
</context>
<context>
    <name>SuggestionPage</name>
    <message>
        <source>Offer templates for what I write</source>
        <translation>根据输入提示模板</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>全部忘记</translation>
    </message>
    <message>
        <source>Learned on this machine, from offers that you refused; no text is kept.</source>
        <translation>在本机从您拒绝的提示中学到；不保存任何文本。</translation>
    </message>
    <message>
        <source>Nothing was learned yet: refuse an offer, or pick another template in its place.</source>
        <translation>还没有学到什么：拒绝一个提示，或改选另一个模板即可。</translation>
    </message>
    <message>
        <source>Forget: {lesson}</source>
        <translation>忘记：{lesson}</translation>
    </message>
    <message>
        <source>Forget this</source>
        <translation>忘记这条</translation>
    </message>
    <message>
        <source>plain chat</source>
        <translation>普通聊天</translation>
    </message>
</context>
<context>
    <name>TemplateCard</name>
    <message>
        <source>No favourite any more</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Make it a favourite</source>
        <translation>收藏</translation>
    </message>
</context>
<context>
    <name>TemplateEditor</name>
    <message>
        <source>Edit a template</source>
        <translation>编辑模板</translation>
    </message>
    <message>
        <source>Add a template</source>
        <translation>添加模板</translation>
    </message>
    <message>
        <source>Text of the template</source>
        <translation>模板文本</translation>
    </message>
    <message>
        <source>Paste the text of a template here, or open a file.</source>
        <translation>在此粘贴模板文本，或打开文件。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Line {line}: {reason}.</source>
        <translation>第 {line} 行：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be read as text.</source>
        <translation>{name} 无法作为文本读取。</translation>
    </message>
</context>
<context>
    <name>TemplateTools</name>
    <message>
        <source>Make your own copy</source>
        <translation>复制为自己的模板</translation>
    </message>
    <message>
        <source>Copy as text, to share it</source>
        <translation>复制文本以便分享</translation>
    </message>
    <message>
        <source>Save as a file</source>
        <translation>另存为文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Inkstone</source>
        <translation>打开砚</translation>
    </message>
    <message>
        <source>Quick prompt</source>
        <translation>快捷提示</translation>
    </message>
    <message>
        <source>Pause the shortcuts</source>
        <translation>暂停快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>UnlockDialog</name>
    <message>
        <source>Unlock the history</source>
        <translation>解锁历史记录</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Use the recovery key</source>
        <translation>使用恢复密钥</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>Recovery key</source>
        <translation>恢复密钥</translation>
    </message>
    <message>
        <source>Use the passphrase</source>
        <translation>使用口令</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Version {n} of {m}</source>
        <translation>第 {n} 个版本，共 {m} 个</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to Inkstone</source>
        <translation>欢迎使用 Inkstone</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Write a short, friendly email to a customer</source>
        <translation>给客户写一封简短友好的邮件</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Which language shall Inkstone speak?</source>
        <translation>Inkstone 用哪种语言？</translation>
    </message>
    <message>
        <source>It writes in the language you write in, as far as its model knows it.</source>
        <translation>你用什么语言写，它就用什么语言回答，只要模型懂这种语言。</translation>
    </message>
    <message>
        <source>What you write stays on this machine, in {folder}. How shall it be protected?</source>
        <translation>你写的内容留在这台机器的 {folder} 里。要怎样保护它？</translation>
    </message>
    <message>
        <source>Your history</source>
        <translation>你的历史记录</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>{model} is ready: {device}. It works without a network. Try it:</source>
        <translation>{model} 已就绪：{device}。不需要网络。试一试：</translation>
    </message>
    <message>
        <source>The model is being loaded…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Step {n} of {all}</source>
        <translation>第 {n} 步，共 {all} 步</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message>
        <source>Reading the weights</source>
        <translation>正在读取权重</translation>
    </message>
    <message>
        <source>Converting the weights</source>
        <translation>正在转换权重</translation>
    </message>
    <message>
        <source>Building the tokenizer</source>
        <translation>正在建立分词器</translation>
    </message>
    <message>
        <source>Checking the files</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>Putting it in place</source>
        <translation>正在放置文件</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>正在检查 {name}</translation>
    </message>
    <message>
        <source>Downloading {name} ({mib} MiB)</source>
        <translation>正在下载 {name}（{mib} MiB）</translation>
    </message>
</context>
<context>
    <name>_RecentDraft</name>
    <message>
        <source>{draft} (not finished)</source>
        <translation>{draft}（未完成）</translation>
    </message>
</context>
</TS>
