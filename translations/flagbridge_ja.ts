<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP" sourcelanguage="en">
<context>
    <name>fb::AccountColumns</name>
    <message>
        <source>Expired</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>No password</source>
        <translation>パスワードなし</translation>
    </message>
    <message>
        <source>No one can log in with a password, but an SSH key may still work.</source>
        <translation>パスワードではログインできません。鍵ならログインできることがあります。</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>有効</translation>
    </message>
    <message>
        <source>The agent is not allowed to read this.</source>
        <translation>エージェントには知る権限がありません。</translation>
    </message>
    <message>
        <source>This user has the UID 0 and cannot be deleted.</source>
        <translation>このユーザーは UID が 0 のため、削除できません。</translation>
    </message>
    <message>
        <source>Sessions run as this user. It cannot be deleted until they end.</source>
        <translation>このユーザーで実行中のセッションがあるため、終わるまで削除できません。</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>名前を入力してください。</translation>
    </message>
    <message>
        <source>Use 1 to 32 of a-z, 0-9, _ and -, with a letter or _ first.</source>
        <translation>a-z、0-9、_、- を 1～32 文字で入力してください。先頭は英字か _ です。</translation>
    </message>
    <message>
        <source>User</source>
        <extracomment>column title: of a user of a node</extracomment>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>UID</source>
        <extracomment>column title: number of a user</extracomment>
        <translation>UID</translation>
    </message>
    <message>
        <source>Groups</source>
        <extracomment>column title: that a user is in</extracomment>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Password</source>
        <extracomment>column title: whether a user can log in with a password</extracomment>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Last login</source>
        <extracomment>column title: of a user</extracomment>
        <translation>最終ログイン</translation>
    </message>
    <message>
        <source>Home</source>
        <extracomment>column title: folder of a user</extracomment>
        <translation>ホーム</translation>
    </message>
    <message>
        <source>Shell</source>
        <extracomment>column title: program that a user gets</extracomment>
        <translation>シェル</translation>
    </message>
    <message>
        <source>Expires</source>
        <extracomment>column title: when a user&apos;s account ends</extracomment>
        <translation>有効期限</translation>
    </message>
    <message>
        <source>never</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Full name</source>
        <extracomment>column title: of a user, as the node keeps it</extracomment>
        <translation>氏名</translation>
    </message>
</context>
<context>
    <name>fb::AccountsTab</name>
    <message>
        <source>Users or groups</source>
        <translation>ユーザーまたはグループ</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>ユーザーを追加</translation>
    </message>
    <message>
        <source>Set the password</source>
        <translation>パスワードを設定</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>アクション</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>グループを追加</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Reading the users and groups...</source>
        <translation>ユーザーとグループを読み込み中...</translation>
    </message>
    <message>
        <source>Users of this node</source>
        <translation>このノードのユーザー</translation>
    </message>
    <message>
        <source>Filter: type a word, or group~adm</source>
        <translation>フィルター: 語句、または group~adm</translation>
    </message>
    <message>
        <source>Groups of this node</source>
        <translation>このノードのグループ</translation>
    </message>
    <message>
        <source>Filter: type a word, or member~alice</source>
        <translation>フィルター: 語句、または member~alice</translation>
    </message>
    <message>
        <source>The node is not connected, so its users cannot be read. They appear here when it is back.</source>
        <translation>ノードが接続されていないため、ユーザーを読み取れません。復帰するとここに表示されます。</translation>
    </message>
    <message>
        <source>Not connected. As of %1.</source>
        <translation>未接続です。%1 時点の内容です。</translation>
    </message>
    <message>
        <source>The users could not be read: %1</source>
        <translation>ユーザーを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>As of %1. The last refresh failed: %2</source>
        <translation>%1 時点の内容です。前回の読み取りに失敗しました: %2</translation>
    </message>
    <message>
        <source>Only the first of this node&apos;s users and groups are shown, as of %1</source>
        <translation>このノードのユーザーとグループの先頭部分だけを表示しています (%1 時点)</translation>
    </message>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n 人のユーザー</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s), as of %1</source>
        <translation>
            <numerusform>%n 個のグループ (%1 時点)</numerusform>
        </translation>
    </message>
    <message>
        <source>The node is not connected.</source>
        <translation>ノードが接続されていません。</translation>
    </message>
    <message>
        <source>Choose a user first.</source>
        <translation>先にユーザーを選んでください。</translation>
    </message>
    <message>
        <source>Choose a group first.</source>
        <translation>先にグループを選んでください。</translation>
    </message>
    <message>
        <source>This group has the GID 0 and cannot be deleted.</source>
        <translation>このグループは GID が 0 のため、削除できません。</translation>
    </message>
    <message numerus="yes">
        <source>It is the primary group of %n user(s) and cannot be deleted.</source>
        <translation>
            <numerusform>%n 人のユーザーのプライマリグループのため、削除できません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add to a group...</source>
        <translation>グループに追加...</translation>
    </message>
    <message>
        <source>Remove from a group...</source>
        <translation>グループから外す...</translation>
    </message>
    <message>
        <source>Lock the password...</source>
        <translation>パスワードをロック...</translation>
    </message>
    <message>
        <source>Unlock the password</source>
        <translation>パスワードのロックを解除</translation>
    </message>
    <message>
        <source>Delete, keep the home folder...</source>
        <translation>削除 (ホームフォルダは残す)...</translation>
    </message>
    <message>
        <source>Delete with the home folder...</source>
        <translation>ホームフォルダごと削除...</translation>
    </message>
    <message>
        <source>Delete the user %1 on %2?</source>
        <translation>%2 のユーザー %1 を削除しますか?</translation>
    </message>
    <message>
        <source>The user and all files in the home folder are deleted permanently.</source>
        <translation>ユーザーとホームフォルダ内のすべてのファイルは元に戻せません。</translation>
    </message>
    <message>
        <source>The user is deleted permanently. The home folder stays, without an owner.</source>
        <translation>ユーザーは元に戻せません。ホームフォルダは所有者なしで残ります。</translation>
    </message>
    <message>
        <source>Delete user and home</source>
        <translation>ユーザーとホームを削除</translation>
    </message>
    <message>
        <source>Delete user</source>
        <translation>ユーザーを削除</translation>
    </message>
    <message>
        <source>Delete the group %1 on %2?</source>
        <translation>%2 のグループ %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Its members lose the permissions it gives. Files keep its group ID.</source>
        <translation>メンバーはこのグループの権限を失います。ファイルにはグループの番号が残ります。</translation>
    </message>
    <message>
        <source>Delete group</source>
        <translation>グループを削除</translation>
    </message>
    <message>
        <source>Add %1 to a group</source>
        <translation>%1 をグループに追加</translation>
    </message>
    <message>
        <source>Remove %1 from a group</source>
        <translation>%1 をグループから外す</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>外す</translation>
    </message>
    <message>
        <source>Lock the password of %1 on %2?</source>
        <translation>%2 の %1 のパスワードをロックしますか?</translation>
    </message>
    <message>
        <source>No one can log in with it until it is unlocked. SSH keys and running sessions keep working.</source>
        <translation>解除するまで、このパスワードではログインできません。鍵によるログインと実行中のセッションはそのままです。</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>ロック</translation>
    </message>
    <message>
        <source>The user %1 was created.</source>
        <translation>ユーザー %1 を作成しました。</translation>
    </message>
    <message>
        <source>The user %1 was deleted; the home folder is still there.</source>
        <translation>ユーザー %1 を削除しました。ホームフォルダは残っています。</translation>
    </message>
    <message>
        <source>The user %1 was deleted with the home folder.</source>
        <translation>ユーザー %1 をホームフォルダごと削除しました。</translation>
    </message>
    <message>
        <source>The password of %1 was set.</source>
        <translation>%1 のパスワードを設定しました。</translation>
    </message>
    <message>
        <source>The password of %1 was locked.</source>
        <translation>%1 のパスワードをロックしました。</translation>
    </message>
    <message>
        <source>The password of %1 was unlocked.</source>
        <translation>%1 のパスワードのロックを解除しました。</translation>
    </message>
    <message>
        <source>The group %1 was created.</source>
        <translation>グループ %1 を作成しました。</translation>
    </message>
    <message>
        <source>The group %1 was deleted.</source>
        <translation>グループ %1 を削除しました。</translation>
    </message>
    <message>
        <source>%1 was added to the group %2.</source>
        <translation>%1 をグループ %2 に追加しました。</translation>
    </message>
    <message>
        <source>%1 was removed from the group %2.</source>
        <translation>%1 をグループ %2 から外しました。</translation>
    </message>
    <message>
        <source>%1 was not created.</source>
        <translation>%1 は作成されませんでした。</translation>
    </message>
    <message>
        <source>%1 was not deleted.</source>
        <translation>%1 は削除されませんでした。</translation>
    </message>
    <message>
        <source>%1 was not changed.</source>
        <translation>%1 は変更されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::ActivationTable</name>
    <message>
        <source>%1 of %2</source>
        <extracomment>nodes that joined, of those that may</extracomment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Full</source>
        <extracomment>state of an activation: as many nodes joined as may</extracomment>
        <translation>上限到達</translation>
    </message>
    <message>
        <source>Expired</source>
        <extracomment>states of an activation</extracomment>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>有効</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>あと %1 分</translation>
    </message>
    <message>
        <source>in %1 h</source>
        <translation>あと %1 時間</translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>あと %n 日</numerusform>
        </translation>
    </message>
    <message>
        <source>Default name</source>
        <extracomment>column title: default name of the nodes that join</extracomment>
        <translation>デフォルト名</translation>
    </message>
    <message>
        <source>host name</source>
        <translation>ホスト名</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Joined</source>
        <extracomment>column title: nodes that joined, of those that may</extracomment>
        <translation>登録済み</translation>
    </message>
    <message>
        <source>Expires</source>
        <extracomment>column title</extracomment>
        <translation>有効期限</translation>
    </message>
    <message>
        <source>Tags</source>
        <extracomment>column title</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Created by</source>
        <extracomment>column title</extracomment>
        <translation>作成者</translation>
    </message>
    <message>
        <source>Created</source>
        <extracomment>column title</extracomment>
        <translation>作成日時</translation>
    </message>
    <message>
        <source>Activation ID</source>
        <extracomment>column title</extracomment>
        <translation>アクティベーション ID</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>Node profile</source>
        <translation>ノードプロファイル</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Allowed addresses</source>
        <translation>接続元のアドレス</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Each node waits for an operator&apos;s approval</source>
        <translation>ノードごとにオペレーターの承認を待ちます</translation>
    </message>
    <message>
        <source>For the node</source>
        <translation>対象ノード</translation>
    </message>
</context>
<context>
    <name>fb::ActivationsPage</name>
    <message>
        <source>Activations</source>
        <translation>アクティベーション</translation>
    </message>
    <message>
        <source>Filter: type a word, or state=active</source>
        <translation>フィルター: 語句、または state=active</translation>
    </message>
    <message>
        <source>No activations yet. An activation is an invitation: a code that a set number of nodes can use to join the fleet until it expires.</source>
        <translation>アクティベーションはまだありません。アクティベーションは招待です。有効期限まで、決まった台数のノードがそのコードでフリートに参加できます。</translation>
    </message>
    <message>
        <source>The activations could not be read.</source>
        <translation>アクティベーションを読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n activation(s)</source>
        <translation>
            <numerusform>%n 件のアクティベーション</numerusform>
        </translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>アクティベーション</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Enrol nodes</source>
        <translation>ノードを登録</translation>
    </message>
    <message>
        <source>Delete the activation %1?</source>
        <translation>アクティベーション %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Its code stops working at once. Nodes that joined with it stay in the fleet.</source>
        <translation>コードは直ちに使えなくなります。このコードで登録されたノードはフリートに残ります。</translation>
    </message>
    <message>
        <source>The activation was not deleted.</source>
        <translation>アクティベーションは削除されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::ActivityPanel</name>
    <message>
        <source>%1 percent done</source>
        <translation>%1 パーセント完了</translation>
    </message>
    <message>
        <source>Nothing is running in the background. Runs and exports are listed here until you clear them.</source>
        <translation>バックグラウンドで実行中のものはありません。実行やエクスポートは、消去するまでここに表示されます。</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>終了したものを消去</translation>
    </message>
    <message>
        <source>this console</source>
        <translation>このコンソール</translation>
    </message>
    <message>
        <source>Open the page of: %1</source>
        <translation>ページを開く: %1</translation>
    </message>
    <message>
        <source>Cancel. %1</source>
        <translation>キャンセル。%1</translation>
    </message>
</context>
<context>
    <name>fb::AgentBuildTable</name>
    <message>
        <source>%1, %2 %3</source>
        <extracomment>version, platform and architecture of a program</extracomment>
        <translation>%1、%2 %3</translation>
    </message>
    <message>
        <source>by the release key</source>
        <translation>リリースキー</translation>
    </message>
    <message>
        <source>by another key</source>
        <translation>別のキー</translation>
    </message>
    <message>
        <source>Version</source>
        <extracomment>column title</extracomment>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Platform</source>
        <extracomment>column title</extracomment>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Architecture</source>
        <extracomment>column title</extracomment>
        <translation>アーキテクチャ</translation>
    </message>
    <message>
        <source>Size</source>
        <extracomment>column title: of a file</extracomment>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Signed</source>
        <extracomment>column title: by which key a program is signed</extracomment>
        <translation>署名</translation>
    </message>
    <message>
        <source>Nodes on it</source>
        <extracomment>column title: how many nodes run this version</extracomment>
        <translation>実行台数</translation>
    </message>
    <message>
        <source>Behind</source>
        <extracomment>column title: how many nodes run a lower version</extracomment>
        <translation>未更新</translation>
    </message>
    <message>
        <source>%1 is published for the same machines.</source>
        <translation>同じ環境向けに %1 が公開されています。</translation>
    </message>
    <message>
        <source>Published</source>
        <extracomment>column title: when a build was published</extracomment>
        <translation>公開日時</translation>
    </message>
    <message>
        <source>By</source>
        <extracomment>column title: who published a build</extracomment>
        <translation>公開者</translation>
    </message>
    <message>
        <source>%1 (%L2 bytes)</source>
        <translation>%1 (%L2 バイト)</translation>
    </message>
    <message>
        <source>By the release key.</source>
        <translation>リリースキーで署名済み</translation>
    </message>
    <message>
        <source>By an earlier release key. Nodes registered since then do not accept it.</source>
        <translation>以前のリリースキーによる署名です。その後に登録されたノードは、このビルドを受け付けません。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>fb::AgentBuildsPage</name>
    <message>
        <source>%1 is published for the same machines.</source>
        <translation>同じ環境向けに %1 が公開されています。</translation>
    </message>
    <message>
        <source>No node runs an older version.</source>
        <translation>これより古いバージョンのノードはありません。</translation>
    </message>
    <message numerus="yes">
        <source>Update %n node(s)...</source>
        <translation>
            <numerusform>%n 台のノードを更新...</numerusform>
        </translation>
    </message>
    <message>
        <source>Update nodes...</source>
        <translation>ノードを更新...</translation>
    </message>
    <message>
        <source>Show its nodes</source>
        <translation>実行中のノードを表示</translation>
    </message>
    <message>
        <source>No node runs this build.</source>
        <translation>このバージョンのノードはありません。</translation>
    </message>
    <message>
        <source>Show nodes behind</source>
        <translation>未更新のノードを表示</translation>
    </message>
    <message>
        <source>Remove...</source>
        <translation>削除...</translation>
    </message>
    <message>
        <source>Agent builds</source>
        <translation>エージェントビルド</translation>
    </message>
    <message>
        <source>Filter: type a word, or architecture=x86_64</source>
        <translation>フィルター: 語句、または architecture=x86_64</translation>
    </message>
    <message>
        <source>No agent build is published yet. Nodes install a published build when the document AWS-UpdateSSMAgent runs on them, if it is signed with the release key. Set the key, sign the program where the private key is kept, and publish both:</source>
        <translation>エージェントのビルドはまだ公開されていません。ノードは、ドキュメント AWS-UpdateSSMAgent を実行したときに、リリースキーで署名された公開ビルドを受け取ります。キーを設定し、秘密鍵のある場所でプログラムに署名して、両方を公開してください。</translation>
    </message>
    <message>
        <source>The agent builds could not be read.</source>
        <translation>エージェントビルドを読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation>
            <numerusform>%n 件のビルド</numerusform>
        </translation>
    </message>
    <message>
        <source>Signed by the release key</source>
        <translation>リリースキーで署名済み</translation>
    </message>
    <message>
        <source>Signed by another key</source>
        <translation>別のキーで署名済み</translation>
    </message>
    <message>
        <source>Publish a build...</source>
        <translation>ビルドを公開...</translation>
    </message>
    <message>
        <source>commands that create a key</source>
        <translation>キーを作成するコマンド</translation>
    </message>
    <message>
        <source>the command that signs a build</source>
        <translation>ビルドに署名するコマンド</translation>
    </message>
    <message>
        <source>Set the release key first.</source>
        <translation>先にリリースキーを設定してください。</translation>
    </message>
    <message>
        <source>No node runs an older version than the one published for it.</source>
        <translation>公開済みのバージョンより古いノードはありません。</translation>
    </message>
    <message>
        <source>The build %1 was published.</source>
        <translation>ビルド %1 を公開しました。</translation>
    </message>
    <message>
        <source>Nodes install it when they are updated.</source>
        <translation>ノードは更新時にこのビルドを受け取ります。</translation>
    </message>
    <message>
        <source>The release key was set.</source>
        <translation>リリースキーを設定しました。</translation>
    </message>
    <message>
        <source>Nodes registered from now on trust it.</source>
        <translation>今後登録されるノードがこのキーを信頼します。</translation>
    </message>
    <message>
        <source>Remove the build %1?</source>
        <translation>ビルド %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Nodes can no longer install it. Nodes that already run it are not affected; updates to it that are under way may fail.</source>
        <translation>今後、ノードはこのビルドを受け取りません。実行中のノードはそのまま動作します。このビルドへの進行中の更新は失敗することがあります。</translation>
    </message>
    <message>
        <source>Remove</source>
        <extracomment>verb, on the button</extracomment>
        <translation>削除</translation>
    </message>
    <message>
        <source>The build %1 was removed.</source>
        <translation>ビルド %1 を削除しました。</translation>
    </message>
    <message>
        <source>The build %1 was not removed.</source>
        <translation>ビルド %1 は削除されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::AllowedActions</name>
    <message>
        <source>Your role, %1, does not allow this. It takes the role %2, or a permission of your own (%3).</source>
        <translation>あなたのロール「%1」ではこの操作はできません。ロール「%2」、または個別の許可 (%3) が必要です。</translation>
    </message>
    <message>
        <source>A permission of your account denies this (%1).</source>
        <translation>アカウントの権限設定でこの操作が拒否されています (%1)。</translation>
    </message>
    <message>
        <source>A permission of your group %1 denies this (%2).</source>
        <translation>グループ %1 の権限設定でこの操作が拒否されています (%2)。</translation>
    </message>
    <message>
        <source>Only an administrator whose own permissions are not narrowed may change those of operators (%1).</source>
        <translation>オペレーターの権限を変更できるのは、自身の権限が制限されていない管理者だけです (%1)。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>誰もサインインしていません。</translation>
    </message>
    <message>
        <source>Administrator</source>
        <extracomment>role of an operator</extracomment>
        <translation>管理者</translation>
    </message>
    <message>
        <source>Approver</source>
        <extracomment>role of an operator</extracomment>
        <translation>承認者</translation>
    </message>
    <message>
        <source>Operator</source>
        <extracomment>role of an operator</extracomment>
        <translation>オペレーター</translation>
    </message>
    <message>
        <source>Viewer</source>
        <extracomment>role of an operator</extracomment>
        <translation>閲覧者</translation>
    </message>
</context>
<context>
    <name>fb::ApprovalTable</name>
    <message>
        <source>Certificate expired</source>
        <extracomment>why a node waits for approval</extracomment>
        <translation>証明書の期限切れ</translation>
    </message>
    <message>
        <source>New node</source>
        <translation>新しいノード</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Reason</source>
        <extracomment>column title: why a node waits for approval</extracomment>
        <translation>待機の理由</translation>
    </message>
    <message>
        <source>From</source>
        <extracomment>column title: the address that a node asked from</extracomment>
        <translation>接続元</translation>
    </message>
    <message>
        <source>Requested</source>
        <extracomment>column title: since when a node waits</extracomment>
        <translation>要求日時</translation>
    </message>
    <message>
        <source>Platform</source>
        <extracomment>column title</extracomment>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Node ID</source>
        <extracomment>column title</extracomment>
        <translation>ノード ID</translation>
    </message>
    <message>
        <source>It was offline until after its certificate expired, and has proved that it holds its old key.</source>
        <translation>証明書の有効期限を過ぎるまで接続がなく、以前の鍵を持っていることを証明しました。</translation>
    </message>
    <message>
        <source>Its activation requires an operator&apos;s approval.</source>
        <translation>アクティベーションがオペレーターの承認を必要としています。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>アクティベーション</translation>
    </message>
</context>
<context>
    <name>fb::ApprovalsPage</name>
    <message>
        <source>Approvals</source>
        <translation>承認待ち</translation>
    </message>
    <message>
        <source>Filter: type a word, or cause=newnode</source>
        <translation>フィルター: 語句、または cause=newnode</translation>
    </message>
    <message>
        <source>No nodes are waiting. Nodes whose activation requires approval, and nodes that were offline until after their certificate expired, wait here for an operator&apos;s approval.</source>
        <translation>承認待ちのノードはありません。承認を必要とするアクティベーションで参加したノードと、証明書の有効期限を過ぎるまで接続がなかったノードが、ここでオペレーターの承認を待ちます。</translation>
    </message>
    <message>
        <source>The approvals could not be read.</source>
        <translation>承認待ちを読み取れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) waiting</source>
        <translation>
            <numerusform>%n 台のノードが待機中</numerusform>
        </translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>Reject...</source>
        <translation>拒否...</translation>
    </message>
    <message>
        <source>Reject %1?</source>
        <translation>%1 を拒否しますか?</translation>
    </message>
    <message>
        <source>Its certificates are revoked, so it cannot ask again. The node stays in the list; with a token for re-enrolment it can come back under the same ID.</source>
        <translation>証明書は失効し、再び要求することはできません。ノードは一覧に残り、再登録用トークンがあれば同じ ID で復帰できます。</translation>
    </message>
    <message>
        <source>It is deregistered and its connection is closed. Its place in the activation is not freed.</source>
        <translation>登録が解除され、接続は切断されます。アクティベーションの枠は戻りません。</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>%1 was not approved.</source>
        <translation>%1 を承認できませんでした。</translation>
    </message>
    <message>
        <source>%1 was not rejected.</source>
        <translation>%1 を拒否できませんでした。</translation>
    </message>
    <message>
        <source>%1 was approved.</source>
        <translation>%1 を承認しました。</translation>
    </message>
    <message>
        <source>%1 was rejected.</source>
        <translation>%1 を拒否しました。</translation>
    </message>
    <message>
        <source>It is accepted the next time it connects.</source>
        <translation>次に要求があり次第、利用できるようになります。</translation>
    </message>
</context>
<context>
    <name>fb::AttachmentsTab</name>
    <message>
        <source>Attach files...</source>
        <translation>ファイルを添付...</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>No files are attached. Attached files go to every node that runs the document: they are in the run&apos;s downloads folder before its first step.</source>
        <translation>添付ファイルはありません。添付したファイルは、ドキュメントを実行するすべてのノードに届き、最初のステップの前に実行の downloads フォルダに置かれます。</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>添付ファイル</translation>
    </message>
    <message>
        <source>Reading and storing the files...</source>
        <translation>ファイルを読み取って保存しています...</translation>
    </message>
    <message>
        <source>Built-in documents cannot be changed. Make a copy instead.</source>
        <translation>組み込みドキュメントは変更できません。コピーを作成してください。</translation>
    </message>
    <message>
        <source>Files are attached to the latest version, %1.</source>
        <translation>ファイルは最新バージョン %1 に添付します。</translation>
    </message>
    <message>
        <source>A change creates a new version with the same text.</source>
        <translation>変更すると、同じ内容の新しいバージョンが作成されます。</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>ファイルを添付</translation>
    </message>
    <message>
        <source>A version has at most %1 files.</source>
        <translation>1 つのバージョンに添付できるファイルは %1 個までです。</translation>
    </message>
    <message>
        <source>Attach from S3...</source>
        <translation>S3 から添付...</translation>
    </message>
    <message>
        <source>Fetching the files of this version...</source>
        <translation>このバージョンのファイルを取得しています...</translation>
    </message>
</context>
<context>
    <name>fb::AuditPage</name>
    <message>
        <source>Audit log</source>
        <translation>監査ログ</translation>
    </message>
    <message>
        <source>Entries of the audit log</source>
        <translation>監査ログのエントリ</translation>
    </message>
    <message>
        <source>Filter: type a word, or result=denied</source>
        <translation>フィルター: 語句、または result=denied</translation>
    </message>
    <message>
        <source>Nothing has been recorded yet. Every change, refusal and sign-in leaves an entry here that cannot be altered unnoticed.</source>
        <translation>まだ記録はありません。変更、拒否、サインインのたびに、気づかれずに書き換えることのできないエントリがここに残ります。</translation>
    </message>
    <message>
        <source>The audit log could not be read.</source>
        <translation>監査ログを読み取れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>the newest %n</source>
        <translation>
            <numerusform>最新の %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n 件のエントリ</numerusform>
        </translation>
    </message>
    <message>
        <source>Verify the chain</source>
        <translation>チェーンを検証</translation>
    </message>
    <message>
        <source>Read every entry and check that none was changed, removed or added</source>
        <translation>すべてのエントリを読み、変更、削除、追加がないことを確認します</translation>
    </message>
    <message>
        <source>Verifying...</source>
        <translation>検証中...</translation>
    </message>
    <message>
        <source>The audit log could not be verified.</source>
        <translation>監査ログを検証できませんでした。</translation>
    </message>
    <message>
        <source>The chain is intact.</source>
        <translation>チェーンに異常はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) verified, none changed or missing.</source>
        <translation>
            <numerusform>%n 件のエントリを検証しました。変更や欠落はありません。</numerusform>
        </translation>
    </message>
    <message>
        <source>The chain breaks at entry %1.</source>
        <translation>チェーンがエントリ %1 で切れています。</translation>
    </message>
    <message>
        <source>%1. Keep the store and its backups as they are for the investigation.</source>
        <translation>%1。調査のため、ストアとバックアップをそのまま保全してください。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>変更前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>変更後</translation>
    </message>
    <message>
        <source>Open the target</source>
        <translation>対象を開く</translation>
    </message>
    <message>
        <source>What was done when, and what was refused?</source>
        <translation>いつ何が実行・拒否されたか</translation>
    </message>
    <message>
        <source>Verifying: %1 of %2</source>
        <translation>検証中: %2 件中 %1 件</translation>
    </message>
</context>
<context>
    <name>fb::AuditTable</name>
    <message>
        <source>Success</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>アクセス拒否</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Time</source>
        <extracomment>column title: when it happened</extracomment>
        <translation>日時</translation>
    </message>
    <message>
        <source>Who</source>
        <extracomment>column title: who did it</extracomment>
        <translation>実行者</translation>
    </message>
    <message>
        <source>Action</source>
        <extracomment>column title: what was done</extracomment>
        <translation>操作</translation>
    </message>
    <message>
        <source>Target</source>
        <extracomment>column title: what it was done to</extracomment>
        <translation>対象</translation>
    </message>
    <message>
        <source>Result</source>
        <extracomment>column title</extracomment>
        <translation>結果</translation>
    </message>
    <message>
        <source>From</source>
        <extracomment>column title: where the call came from</extracomment>
        <translation>呼び出し元</translation>
    </message>
    <message>
        <source>No.</source>
        <extracomment>column title: running number of an entry</extracomment>
        <translation>番号</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>ロール</translation>
    </message>
</context>
<context>
    <name>fb::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the problem with its details</source>
        <translation>問題を詳細とともにコピー</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::BridgeDrawing</name>
    <message>
        <source>Drawing of a bridge with a flag</source>
        <translation>旗の立つ橋の絵</translation>
    </message>
</context>
<context>
    <name>fb::CaLines</name>
    <message>
        <source>Present CA</source>
        <translation>現在の CA</translation>
    </message>
    <message>
        <source>Copy the SHA-256 of the present CA</source>
        <translation>現在の CA の SHA-256 をコピー</translation>
    </message>
    <message>
        <source>Next CA</source>
        <translation>次の CA</translation>
    </message>
    <message>
        <source>Copy the SHA-256 of the next CA</source>
        <translation>次の CA の SHA-256 をコピー</translation>
    </message>
    <message>
        <source>valid only until %1: begin a roll-over</source>
        <translation>有効期限は %1 です。切り替えを開始してください</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>有効期限 %1</translation>
    </message>
</context>
<context>
    <name>fb::CaNodeTable</name>
    <message>
        <source>Connected</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未接続</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>確認済み</translation>
    </message>
    <message>
        <source>Not confirmed</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Of the next CA</source>
        <extracomment>by which CA a node&apos;s certificate is signed</extracomment>
        <translation>次の CA の証明書</translation>
    </message>
    <message>
        <source>Of the present CA</source>
        <translation>現在の CA の証明書</translation>
    </message>
    <message>
        <source>Waits for its certificate</source>
        <translation>証明書の更新待ち</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Connection</source>
        <extracomment>column title: whether a node is connected</extracomment>
        <translation>接続</translation>
    </message>
    <message>
        <source>Next CA</source>
        <extracomment>column title: whether a node has confirmed the next CA</extracomment>
        <translation>次の CA</translation>
    </message>
    <message>
        <source>Certificate</source>
        <extracomment>column title: by which CA a node&apos;s certificate is signed</extracomment>
        <translation>証明書</translation>
    </message>
    <message>
        <source>The node says</source>
        <extracomment>column title: why a node has refused something, in its own words</extracomment>
        <translation>ノードからのメッセージ</translation>
    </message>
    <message>
        <source>Node ID</source>
        <extracomment>column title</extracomment>
        <translation>ノード ID</translation>
    </message>
    <message>
        <source>What to do</source>
        <extracomment>label of a sentence that says what an operator can do</extracomment>
        <translation>対処</translation>
    </message>
    <message>
        <source>It is told when it connects again. If it will not come back, deregister it.</source>
        <translation>次に接続したときに通知されます。復帰する予定がなければ、登録を解除してください。</translation>
    </message>
    <message>
        <source>It renews its certificate within the next hour.</source>
        <translation>1 時間以内に証明書を更新します。</translation>
    </message>
    <message>
        <source>It is told every ten minutes. An agent that is too old does not answer: update it.</source>
        <translation>10 分ごとに通知されます。古すぎるエージェントは応答しないため、更新してください。</translation>
    </message>
    <message>
        <source>Mend what it says. It is told again every ten minutes.</source>
        <translation>ノードのメッセージにある問題を解消してください。10 分ごとに再び通知されます。</translation>
    </message>
</context>
<context>
    <name>fb::CellDelegate</name>
    <message>
        <source>no data</source>
        <translation>データなし</translation>
    </message>
</context>
<context>
    <name>fb::ChangePasswordSheet</name>
    <message>
        <source>Change your password</source>
        <translation>パスワードの変更</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>現在のパスワード</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新しいパスワード</translation>
    </message>
    <message>
        <source>At least %1 characters. A few words that belong to nobody else.</source>
        <translation>%1 文字以上。ほかの人が使わない言葉をいくつか組み合わせてください。</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>新しいパスワード (確認)</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>パスワードを変更</translation>
    </message>
    <message>
        <source>All your other sessions end, on this machine and elsewhere. This one goes on.</source>
        <translation>このマシンやほかの場所にある、あなたのほかのセッションはすべて終了します。このセッションは続きます。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Enter your current password.</source>
        <translation>現在のパスワードを入力してください。</translation>
    </message>
    <message>
        <source>The passwords do not match.</source>
        <translation>パスワードが一致しません。</translation>
    </message>
</context>
<context>
    <name>fb::ChartArea</name>
    <message>
        <source>no data</source>
        <translation>データなし</translation>
    </message>
</context>
<context>
    <name>fb::ChartData</name>
    <message numerus="yes">
        <source>%n others, mean</source>
        <translation>
            <numerusform>その他 %n 件の平均</numerusform>
        </translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>bytes each second</comment>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>%1: %2 now, between %3 and %4.</source>
        <translation>%1: 現在 %2、範囲は %3 から %4。</translation>
    </message>
    <message>
        <source>No measurements in this period.</source>
        <translation>この期間の測定値はありません。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>newest value and its series: &quot;84 %, web-03&quot;</extracomment>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>fb::ClonesPage</name>
    <message>
        <source>Registered</source>
        <extracomment>column title: the hardware that was registered or accepted</extracomment>
        <translation>登録時</translation>
    </message>
    <message>
        <source>Seen</source>
        <extracomment>column title: the hardware that was seen now</extracomment>
        <translation>検出時</translation>
    </message>
    <message>
        <source>Accept...</source>
        <translation>承認...</translation>
    </message>
    <message>
        <source>Quarantine...</source>
        <translation>隔離...</translation>
    </message>
    <message>
        <source>Register as a new node...</source>
        <translation>新しいノードとして登録...</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <extracomment>take an entry off the list</extracomment>
        <translation>一覧から外す</translation>
    </message>
    <message>
        <source>Possible clones</source>
        <translation>複製の疑い</translation>
    </message>
    <message>
        <source>Filter: type a word, or cause=duplicatenode</source>
        <translation>フィルター: 語句、または cause=duplicatenode</translation>
    </message>
    <message>
        <source>No possible clones. A machine that connects with another node&apos;s identity, and a node whose hardware has mostly changed, are listed here.</source>
        <translation>複製の疑いはありません。別のノードの ID で接続してくるマシンと、ハードウェアの大部分が変わったノードがここに表示されます。</translation>
    </message>
    <message>
        <source>The possible clones could not be read.</source>
        <translation>複製の疑いを読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) to check</source>
        <translation>
            <numerusform>確認が必要なノード %n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept the new hardware of %1?</source>
        <translation>%1 の新しいハードウェアを承認しますか?</translation>
    </message>
    <message>
        <source>The other machine becomes this node: its next connection attempt, within an hour, is accepted. The machine that was registered is refused if it still exists.</source>
        <translation>以後はもう一方のマシンがこのノードになり、1 時間以内の次の接続が受け入れられます。登録されていたマシンがまだある場合は拒否されます。</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>承認</translation>
    </message>
    <message>
        <source>The hardware of %1 was not accepted.</source>
        <translation>%1 のハードウェアは承認されませんでした。</translation>
    </message>
    <message>
        <source>%1 was not dismissed.</source>
        <translation>%1 を一覧から外せませんでした。</translation>
    </message>
    <message>
        <source>The hardware of %1 was accepted.</source>
        <translation>%1 のハードウェアを承認しました。</translation>
    </message>
    <message>
        <source>%1 was dismissed.</source>
        <translation>%1 を一覧から外しました。</translation>
    </message>
    <message>
        <source>It is accepted the next time it connects.</source>
        <translation>次に接続したときから受け入れられます。</translation>
    </message>
    <message>
        <source>It is listed again if the machine connects again.</source>
        <translation>そのマシンがまた接続すると、再び表示されます。</translation>
    </message>
</context>
<context>
    <name>fb::CodeEditor</name>
    <message>
        <source>Tab indents; Esc, then Tab leaves the text</source>
        <translation>Tab で字下げ、Esc → Tab で本文の外へ</translation>
    </message>
    <message>
        <source>Suggestions for this place</source>
        <translation>ここに入力できる候補</translation>
    </message>
    <message>
        <source>Tab indents; Esc, then Tab leaves the text; Ctrl+Space shows suggestions</source>
        <translation>Tab で字下げ、Esc のあと Tab でテキストの外へ、Ctrl+Space で候補</translation>
    </message>
</context>
<context>
    <name>fb::CommandRegistry</name>
    <message>
        <source>%1 is needed for typing. Add Ctrl or Alt, or use a function key.</source>
        <translation>%1 は文字の入力に使います。Ctrl か Alt を加えるか、ファンクションキーを選んでください。</translation>
    </message>
    <message>
        <source>%1 is already used for: %2</source>
        <translation>%1 はすでに使われています: %2</translation>
    </message>
    <message>
        <source>Copy the selection</source>
        <translation>選択した内容をコピー</translation>
    </message>
    <message>
        <source>Copy the selected rows with their header</source>
        <translation>選択した行を見出し付きでコピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Select all rows or all text</source>
        <translation>すべての行、またはすべての文字を選択</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>詳細の表示/非表示</translation>
    </message>
    <message>
        <source>Edit or rename the current row</source>
        <translation>現在の行を編集または名前変更</translation>
    </message>
    <message>
        <source>Delete the selection (asks first)</source>
        <translation>選択したものを削除 (確認あり)</translation>
    </message>
    <message>
        <source>Open the menu of the current row</source>
        <translation>現在の行のメニューを開く</translation>
    </message>
</context>
<context>
    <name>fb::CommandText</name>
    <message>
        <source>Copy: %1</source>
        <translation>コピー: %1</translation>
    </message>
</context>
<context>
    <name>fb::CompareBar</name>
    <message>
        <source>Nodes in these charts</source>
        <translation>このグラフのノード</translation>
    </message>
    <message>
        <source>Compare...</source>
        <translation>比較...</translation>
    </message>
    <message>
        <source>Show other nodes in the same charts</source>
        <translation>ほかのノードも同じグラフに表示します</translation>
    </message>
    <message>
        <source>Remove %1 from the charts</source>
        <translation>%1 をグラフから外す</translation>
    </message>
</context>
<context>
    <name>fb::CompareList</name>
    <message>
        <source>differs</source>
        <extracomment>beside a value that is not the same on both sides</extracomment>
        <translation>相違</translation>
    </message>
</context>
<context>
    <name>fb::CompareSheet</name>
    <message>
        <source>Compare with other nodes</source>
        <translation>ほかのノードと比較</translation>
    </message>
    <message>
        <source>Each node becomes a line in its own colour in every chart. Where a node has several cores or disks, the chart shows their sum or the busiest one.</source>
        <translation>各ノードは、どのグラフでも自分の色の線になります。コアやディスクが複数あるノードでは、合計か、最も負荷の高いものを表示します。</translation>
    </message>
    <message>
        <source>Nodes to compare with; Space selects one</source>
        <translation>比較するノード。スペースキーで選択</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>Compare with %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードと比較</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>比較をやめる</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) are selected, but a chart has colours for only %1 besides this one. Deselect some.</source>
        <translation>
            <numerusform>%n 台が選択されています。グラフの色はこのノードのほかに %1 台分です。いくつか外してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no other node yet.</source>
        <translation>ほかのノードはまだありません。</translation>
    </message>
    <message>
        <source>No node matches.</source>
        <translation>一致するノードはありません。</translation>
    </message>
    <message>
        <source>%1 of at most %2 selected. Space selects the current row.</source>
        <translation>%1 台を選択 (最大 %2 台)。選んだ行はスペースキーで切り替えます。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more: type to find them</source>
        <translation>
            <numerusform>ほか %n 台: 入力して絞り込んでください</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::Composer</name>
    <message>
        <source>Run a document</source>
        <translation>ドキュメントを実行</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>Run on %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードで実行</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>何も送信されませんでした。</translation>
    </message>
    <message>
        <source>The command line that sends the same</source>
        <translation>同じ内容を送信するコマンドライン</translation>
    </message>
    <message>
        <source>Ways to edit this run</source>
        <translation>この実行の書き方</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>下書きとして保存</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>フォーム</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Raw</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>コマンドライン</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>コマンドをコピー</translation>
    </message>
    <message>
        <source>The same run from a shell, with the AWS CLI pointed at this engine.</source>
        <translation>このエンジンに接続した AWS CLI で、シェルから同じ内容を実行できます。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>編集を続ける</translation>
    </message>
    <message>
        <source>Nothing has been sent yet.</source>
        <translation>まだ何も送信していません。</translation>
    </message>
    <message>
        <source>Your draft is back.</source>
        <translation>下書きを復元しました。</translation>
    </message>
    <message>
        <source>Saved as a draft on %1. It has not been sent.</source>
        <translation>%1 に下書きとして保存されました。まだ送信していません。</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>下書きを破棄</translation>
    </message>
    <message>
        <source>There is no Command document %1.</source>
        <translation>Command ドキュメント %1 はありません。</translation>
    </message>
    <message>
        <source>%1 has no parameter %2.</source>
        <translation>%1 にパラメータ %2 はありません。</translation>
    </message>
    <message numerus="yes">
        <source>Run %1 on %n node(s)?</source>
        <translation>
            <numerusform>%1 を %n 台のノードで実行しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>These are all nodes. A command that has started on a node cannot be undone.</source>
        <translation>すべてのノードが対象です。ノードで始まった処理は元に戻せません。</translation>
    </message>
    <message>
        <source>A command that has started on a node cannot be undone.</source>
        <translation>ノードで始まった処理は元に戻せません。</translation>
    </message>
</context>
<context>
    <name>fb::ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Type %1 to confirm</source>
        <translation>続行するには %1 と入力してください</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ConflictSheet</name>
    <message>
        <source>%1 already exists</source>
        <translation>%1 はすでにあります</translation>
    </message>
    <message>
        <source>Do the same for all that follow</source>
        <translation>以降もすべて同じようにする</translation>
    </message>
    <message>
        <source>In the folder %1. Replacing it cannot be undone; keeping both gives the new one a number.</source>
        <translation>フォルダ %1 にあります。置き換えると元に戻せません。両方残す場合、新しいほうに番号が付きます。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>両方残す</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>スキップ</translation>
    </message>
</context>
<context>
    <name>fb::Console</name>
    <message>
        <source>Nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>フリート</translation>
    </message>
    <message>
        <source>Run Command</source>
        <translation>Run Command</translation>
    </message>
    <message>
        <source>Run a document</source>
        <translation>ドキュメントを実行</translation>
    </message>
    <message>
        <source>Start the demo fleet</source>
        <translation>デモフリートを起動</translation>
    </message>
    <message>
        <source>Stop and remove the demo fleet</source>
        <translation>デモフリートを停止して削除</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Theme: follow the system</source>
        <translation>テーマ: システムに合わせる</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>テーマ: ライト</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>テーマ: ダーク</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>No nodes</source>
        <translation>ノードなし</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>共有</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>監査ログ</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>アクティベーション</translation>
    </message>
    <message>
        <source>Enrol nodes</source>
        <translation>ノードを登録</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>イベント</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Write a new document</source>
        <translation>新しいドキュメントを書く</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 台のノード</numerusform>
        </translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Theme: high contrast</source>
        <translation>テーマ: ハイコントラスト</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>文字を大きく</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>文字を小さく</translation>
    </message>
    <message>
        <source>Text size: follow the system</source>
        <translation>文字サイズ: システムに合わせる</translation>
    </message>
    <message>
        <source>all</source>
        <translation>すべて</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) in quarantine</source>
        <translation>
            <numerusform>隔離中のノード: %n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>オペレーター</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>データフォルダ</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>ストア</translation>
    </message>
    <message>
        <source>Master key</source>
        <translation>マスターキー</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>アクティビティ</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>The engine is not responding.</source>
        <translation>エンジンが応答しません。</translation>
    </message>
    <message>
        <source>Showing data as of %1. Retrying every second; nothing can be changed until it responds.</source>
        <translation>%1 時点のデータを表示しています。1 秒ごとに再試行しています。応答があるまで変更はできません。</translation>
    </message>
    <message>
        <source>Engine busy for %1 s</source>
        <translation>エンジンがビジー (%1 秒)</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>実行中 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing running</source>
        <translation>実行中なし</translation>
    </message>
    <message numerus="yes">
        <source>%n new notification(s)</source>
        <translation>
            <numerusform>新しい通知 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new</source>
        <translation>新しい通知なし</translation>
    </message>
    <message>
        <source>The master key is backed up</source>
        <translation>マスターキーをバックアップしました</translation>
    </message>
    <message>
        <source>Keep %1 and its passphrase away from this machine.</source>
        <translation>%1 とそのパスフレーズは、このマシンとは別の場所に保管してください。</translation>
    </message>
    <message>
        <source>Choose another store</source>
        <translation>別のストアを選ぶ</translation>
    </message>
    <message>
        <source>Set up without a desktop</source>
        <translation>デスクトップなしでセットアップ</translation>
    </message>
    <message>
        <source>Show the first steps again</source>
        <translation>「はじめの手順」を再表示</translation>
    </message>
    <message>
        <source>Back up the master key</source>
        <translation>マスターキーをバックアップ</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>Quit, and keep the engine running headless</source>
        <translation>終了してエンジンをヘッドレスで継続</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln node(s) online</source>
        <translation>
            <numerusform>%Ln 台中 %1 台がオンライン</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading nodes</source>
        <translation>ノードを読み込み中</translation>
    </message>
    <message>
        <source>There is no node %1. It may have been deregistered.</source>
        <translation>ノード %1 はありません。登録解除された可能性があります。</translation>
    </message>
    <message>
        <source>There is no run %1. Runs are kept for a limited time.</source>
        <translation>実行 %1 はありません。実行履歴には保存期間があります。</translation>
    </message>
    <message>
        <source>Cancel this run?</source>
        <translation>この実行をキャンセルしますか?</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>実行をキャンセル</translation>
    </message>
    <message>
        <source>Engine: local</source>
        <translation>エンジン: ローカル</translation>
    </message>
    <message>
        <source>Engine: starting</source>
        <translation>エンジン: 起動中</translation>
    </message>
    <message>
        <source>Master key in keychain</source>
        <translation>マスターキー: キーチェーン</translation>
    </message>
    <message>
        <source>Master key sealed by passphrase</source>
        <translation>マスターキー: パスフレーズで封印</translation>
    </message>
    <message>
        <source>Show recorded sessions</source>
        <translation>記録のあるセッションを表示</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>開いているセッション</translation>
    </message>
    <message>
        <source>Keys go to %1. Ctrl+Shift+K searches, F6 leaves the terminal</source>
        <translation>キー入力は %1 へ。Ctrl+Shift+K で検索、F6 で離れます</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n 件のセッション</numerusform>
        </translation>
    </message>
    <message>
        <source>Open a shell</source>
        <translation>シェルを開く</translation>
    </message>
    <message>
        <source>Split right</source>
        <translation>右に分割</translation>
    </message>
    <message>
        <source>Split below</source>
        <translation>下に分割</translation>
    </message>
    <message>
        <source>Next tab</source>
        <translation>次のタブ</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>前のタブ</translation>
    </message>
    <message>
        <source>Rename the tab</source>
        <translation>タブの名前を変更</translation>
    </message>
    <message>
        <source>Tear off the tab</source>
        <translation>タブを別ウィンドウにする</translation>
    </message>
    <message>
        <source>Start or end input broadcast</source>
        <translation>一斉入力を開始または終了</translation>
    </message>
    <message>
        <source>Find in scrollback</source>
        <translation>スクロールバックを検索</translation>
    </message>
    <message>
        <source>Save scrollback...</source>
        <translation>スクロールバックを保存...</translation>
    </message>
    <message>
        <source>End session</source>
        <translation>セッションを終了</translation>
    </message>
    <message>
        <source>Search or run, from a terminal</source>
        <translation>ターミナルから検索または実行</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>承認待ち</translation>
    </message>
    <message>
        <source>Show tunnels</source>
        <translation>トンネルを表示</translation>
    </message>
    <message>
        <source>Open a tunnel</source>
        <translation>トンネルを開く</translation>
    </message>
    <message>
        <source>Search the screens of all recordings</source>
        <translation>すべての記録の画面を検索</translation>
    </message>
    <message>
        <source>Open a remote desktop</source>
        <translation>リモートデスクトップを開く</translation>
    </message>
    <message>
        <source>Possible clones</source>
        <translation>複製の疑い</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>プロファイル</translation>
    </message>
    <message>
        <source>Journals</source>
        <translation>ジャーナル</translation>
    </message>
    <message>
        <source>Show remote desktops</source>
        <translation>リモートデスクトップを表示</translation>
    </message>
    <message>
        <source>Agent builds</source>
        <translation>エージェントビルド</translation>
    </message>
    <message>
        <source>Update outdated agents</source>
        <translation>古いエージェントを更新</translation>
    </message>
    <message>
        <source>Fleet settings</source>
        <translation>フリート設定</translation>
    </message>
    <message>
        <source>Fleet setting</source>
        <translation>フリート設定</translation>
    </message>
    <message>
        <source>Fleet CA</source>
        <translation>フリート CA</translation>
    </message>
    <message>
        <source>%1: no room for artifacts</source>
        <translation>%1: アーティファクトの空きなし</translation>
    </message>
    <message>
        <source>Ask who signs in: make the first administrator...</source>
        <translation>サインインを求める: 最初の管理者を作成...</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>ロック</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>サインアウト</translation>
    </message>
    <message>
        <source>Change password...</source>
        <translation>パスワードを変更...</translation>
    </message>
    <message>
        <source>Two-step sign-in...</source>
        <translation>2 段階サインイン...</translation>
    </message>
    <message>
        <source>Your password is changed</source>
        <translation>パスワードを変更しました</translation>
    </message>
    <message>
        <source>Your other sessions have ended.</source>
        <translation>ほかのセッションは終了しました。</translation>
    </message>
</context>
<context>
    <name>fb::ConsoleProgram</name>
    <message>
        <source>The engine cannot keep running without this console.</source>
        <translation>このコンソールなしでエンジンを継続できません。</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>サインインしました</translation>
    </message>
</context>
<context>
    <name>fb::CountBarArea</name>
    <message>
        <source>%1 to %2: %3</source>
        <extracomment>a period and what happened in it; %1, %2: times, %3: counts</extracomment>
        <translation>%1 から %2: %3</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>fb::DataTable</name>
    <message>
        <source>Sort ascending</source>
        <translation>昇順で並べ替え</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>降順で並べ替え</translation>
    </message>
    <message>
        <source>Add to the sort, or reverse it</source>
        <translation>並べ替えに追加、または順序を反転</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>行をコピー</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>テキスト</translation>
    </message>
    <message>
        <source>Text with header</source>
        <translation>見出し付きテキスト</translation>
    </message>
    <message>
        <source>CSV</source>
        <comment>form of a copy</comment>
        <translation>CSV</translation>
    </message>
    <message>
        <source>JSON</source>
        <comment>form of a copy</comment>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Markdown</source>
        <comment>form of a copy</comment>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>並べ替え</translation>
    </message>
    <message>
        <source>Move and resize</source>
        <translation>移動と幅の変更</translation>
    </message>
    <message>
        <source>Move left</source>
        <comment>a column</comment>
        <translation>左へ移動</translation>
    </message>
    <message>
        <source>Move right</source>
        <comment>a column</comment>
        <translation>右へ移動</translation>
    </message>
    <message>
        <source>Wider</source>
        <comment>a column</comment>
        <translation>広くする</translation>
    </message>
    <message>
        <source>Narrower</source>
        <comment>a column</comment>
        <translation>狭くする</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Arrow keys move, Space selects, Enter opens, F2 renames, Delete asks first, letters jump to a name.
Shift+F10 opens the row&apos;s menu; Columns in it sorts, moves and resizes. Ctrl+C copies the selected rows.</source>
        <translation>矢印キーで移動、Space で選択、Enter で開く、F2 で名前変更、Delete で削除の確認、文字入力でその名前へ移動します。
Shift+F10 で行のメニューが開き、「列」から並べ替え、移動、幅の変更ができます。Ctrl+C で選択した行をコピーします。</translation>
    </message>
</context>
<context>
    <name>fb::DemoCard</name>
    <message>
        <source>Start demo fleet</source>
        <translation>デモフリートを起動</translation>
    </message>
    <message>
        <source>Try the demo fleet</source>
        <translation>デモフリートを試す</translation>
    </message>
    <message>
        <source>Starts six real agents on this machine under your own user account. Every feature works with them. Remove them at any time.</source>
        <translation>このマシン上で、あなたのユーザー権限のまま本物のエージェントを 6 つ起動します。すべての機能が動作し、いつでも削除できます。</translation>
    </message>
    <message>
        <source>about 60 MiB of memory</source>
        <translation>メモリ約 60 MiB</translation>
    </message>
    <message>
        <source>Starting: %1 of %2 connected</source>
        <translation>起動中: %2 台中 %1 台が接続</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>動作中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止しています</translation>
    </message>
</context>
<context>
    <name>fb::DemoFleet</name>
    <message>
        <source>The agent program is missing: %1</source>
        <translation>エージェントのプログラムがありません: %1</translation>
    </message>
    <message>
        <source>The folder %1 cannot be created.</source>
        <translation>フォルダ %1 を作成できません。</translation>
    </message>
    <message>
        <source>The agent %1 ended with code %2. Its log: %3</source>
        <translation>エージェント %1 がコード %2 で終了しました。ログ: %3</translation>
    </message>
    <message>
        <source>The file %1 cannot be written.</source>
        <translation>ファイル %1 に書き込めません。</translation>
    </message>
</context>
<context>
    <name>fb::DemoScreen</name>
    <message>
        <source>Try the demo fleet</source>
        <translation>デモフリートを試す</translation>
    </message>
    <message>
        <source>Starts six real agents on this machine under your own user account, enrolled over loopback TLS. Every feature works with them. The demo has its own store: nothing you do in it affects another fleet, and it can be removed at any time.</source>
        <translation>このマシンで本物のエージェントを 6 つ、現在のユーザーとして起動し、ループバックの TLS で登録します。すべての機能を試せます。デモには専用のストアがあり、何をしてもほかのフリートには影響しません。いつでも削除できます。</translation>
    </message>
    <message>
        <source>Start demo fleet</source>
        <translation>デモフリートを起動</translation>
    </message>
</context>
<context>
    <name>fb::DeskActions</name>
    <message>
        <source>All other keys go to the shell</source>
        <translation>ほかのキーはすべてシェルへ送られます</translation>
    </message>
    <message>
        <source>Split right</source>
        <translation>右に分割</translation>
    </message>
    <message>
        <source>Split below</source>
        <translation>下に分割</translation>
    </message>
    <message>
        <source>End broadcast</source>
        <translation>一斉入力を終了</translation>
    </message>
    <message>
        <source>Broadcast input...</source>
        <translation>一斉入力...</translation>
    </message>
    <message>
        <source>Find in scrollback</source>
        <translation>スクロールバックを検索</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Save scrollback...</source>
        <translation>スクロールバックを保存...</translation>
    </message>
    <message>
        <source>Search or run</source>
        <translation>検索または実行</translation>
    </message>
    <message>
        <source>End session</source>
        <translation>セッションを終了</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Reset to the node&apos;s name</source>
        <translation>ノード名に戻す</translation>
    </message>
    <message>
        <source>Put back into the window</source>
        <translation>ウィンドウに戻す</translation>
    </message>
    <message>
        <source>Tear off</source>
        <translation>別ウィンドウにする</translation>
    </message>
    <message>
        <source>End its sessions</source>
        <translation>このタブのセッションを終了</translation>
    </message>
    <message numerus="yes">
        <source>End %n session(s)?</source>
        <translation>
            <numerusform>%n 件のセッションを終了しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>The shell and everything running in it are ended on the node. Recordings stay in the history.</source>
        <translation>シェルとその中で動いているものがすべてノード上で終了します。記録は履歴に残ります。</translation>
    </message>
    <message numerus="yes">
        <source>End %n session(s)</source>
        <translation>
            <numerusform>%n 件のセッションを終了</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Type into %n pane(s) at once?</source>
        <translation>
            <numerusform>%n 個のペインに同時に入力しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Each key and paste in one of them goes to all of them. Their borders are red until the broadcast ends.</source>
        <translation>どれか 1 つで打ったキーと貼り付けた内容が、すべてのペインに送られます。一斉入力が終わるまで枠は赤く表示されます。</translation>
    </message>
    <message numerus="yes">
        <source>Broadcast to %n pane(s)</source>
        <translation>
            <numerusform>%n 個のペインに一斉入力</numerusform>
        </translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>Mark this moment...</source>
        <translation>この時点にマークを付ける...</translation>
    </message>
</context>
<context>
    <name>fb::DeskEmpty</name>
    <message>
        <source>Start a session</source>
        <translation>セッションを開始</translation>
    </message>
    <message>
        <source>Go to the fleet</source>
        <translation>フリートへ</translation>
    </message>
    <message>
        <source>No session is open</source>
        <translation>開いているセッションはありません</translation>
    </message>
    <message>
        <source>A session is a shell on a node. The node opens no port: the session uses the connection that its agent made. Choose a node in the tree and press Enter; several selected nodes open side by side. Sessions are recorded from the first byte unless their document says otherwise.</source>
        <translation>セッションは、ポートを開かずに使えるノード上のシェルです。ノードのエージェントが張った接続を通ります。ツリーでノードを選んで Enter を押してください。複数のノードを選ぶと並べて開きます。ドキュメントで別に定めていない限り、最初のバイトから記録されます。</translation>
    </message>
    <message>
        <source>No node is online now, so no shell can be opened. The Fleet page shows when each was last connected.</source>
        <translation>オンラインのノードがないため、シェルを開けません。いつから接続が切れているかはフリートのページで確認できます。</translation>
    </message>
    <message>
        <source>There are no nodes yet. Enrol one on the Fleet page, or start the demo fleet there; then open a shell on it here.</source>
        <translation>ノードはまだありません。フリートのページでノードを登録するかデモフリートを開始すると、ここでシェルを開けます。</translation>
    </message>
    <message>
        <source>Earlier sessions</source>
        <translation>過去のセッション</translation>
    </message>
</context>
<context>
    <name>fb::DesktopHead</name>
    <message>
        <source>Renew</source>
        <extracomment>verb, on a button: more time for a remote desktop</extracomment>
        <translation>延長</translation>
    </message>
    <message>
        <source>Full window</source>
        <translation>別ウィンドウで表示</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>切断</translation>
    </message>
    <message>
        <source>Renew the remote desktop of %1</source>
        <translation>%1 のリモートデスクトップを延長</translation>
    </message>
    <message>
        <source>Disconnect the remote desktop of %1</source>
        <translation>%1 のリモートデスクトップを切断</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Shown in its own window</source>
        <translation>別ウィンドウで表示中</translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>残り %n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>Return to the console</source>
        <translation>コンソールに戻す</translation>
    </message>
    <message>
        <source>Ends in %1.</source>
        <translation>あと %1 で終了します。</translation>
    </message>
    <message>
        <source>It has been idle for a while. Use the keyboard or mouse in it to keep it open.</source>
        <translation>しばらく操作がありません。キーを押すかマウスを動かすと接続が続きます。</translation>
    </message>
    <message>
        <source>It was not renewed.</source>
        <translation>延長されませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>Ends after %1 unless it is renewed, or after %2 without activity. These limits are in the fleet settings.</source>
        <translation>延長しなければ %1 で、操作のない時間が %2 続いても終了します。時間はフリート設定で決まります。</translation>
    </message>
    <message>
        <source>%1 from now on; the audit log records who renewed it</source>
        <translation>これから %1。誰が延長したかは監査ログに残ります</translation>
    </message>
    <message>
        <source>Its time is nearly over. Programs on the node keep running.</source>
        <translation>まもなく時間です。ノード上のプログラムは動き続けます。</translation>
    </message>
</context>
<context>
    <name>fb::DesktopNotices</name>
    <message>
        <source>The remote desktop of %1 ends soon</source>
        <translation>%1 のリモートデスクトップがまもなく終了します</translation>
    </message>
    <message numerus="yes">
        <source>It is idle and ends in %n minute(s).</source>
        <translation>
            <numerusform>操作がないため、あと %n 分で終了します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Renew it, or it ends in %n minute(s).</source>
        <translation>
            <numerusform>延長しなければ、あと %n 分で終了します。</numerusform>
        </translation>
    </message>
    <message>
        <source>The remote desktop of %1 has ended</source>
        <translation>%1 のリモートデスクトップが終了しました</translation>
    </message>
    <message>
        <source>Show</source>
        <extracomment>verb: shows the remote desktops</extracomment>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>fb::DesktopScreen</name>
    <message>
        <source>Screen of %1</source>
        <translation>%1 の画面</translation>
    </message>
    <message>
        <source>Enter gives it the keyboard, Ctrl+Alt+Home takes it back.</source>
        <translation>Enter でキーボード入力を渡し、Ctrl+Alt+Home で戻します。</translation>
    </message>
    <message>
        <source>Connecting...</source>
        <translation>接続しています...</translation>
    </message>
</context>
<context>
    <name>fb::DesktopSheet</name>
    <message>
        <source>Open a remote desktop</source>
        <translation>リモートデスクトップを開く</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>The connection goes through it.</source>
        <translation>接続はこのノードを経由します。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>ホスト</translation>
    </message>
    <message>
        <source>Name or address as seen from the node. Leave empty for the node itself.</source>
        <translation>ノードから見た名前。空の場合はノード自身。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>3389 unless the host uses another port.</source>
        <translation>ホストの設定を変えていなければ 3389。</translation>
    </message>
    <message>
        <source>Open desktop</source>
        <translation>デスクトップを開く</translation>
    </message>
    <message>
        <source>User</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>This machine has no RDP client.</source>
        <translation>このマシンには RDP クライアントがありません。</translation>
    </message>
    <message>
        <source>Install FreeRDP, the package freerdp2-x11, and open this again.</source>
        <translation>FreeRDP (パッケージ freerdp2-x11) をインストールしてから、もう一度開いてください。</translation>
    </message>
    <message>
        <source>No node is online. A remote desktop needs an online node.</source>
        <translation>オンラインのノードがありません。リモートデスクトップにはオンラインのノードが必要です。</translation>
    </message>
    <message>
        <source>Enter a name or an address without spaces.</source>
        <translation>名前またはアドレスを空白なしで入力してください。</translation>
    </message>
    <message>
        <source>Enter a port: 1 to 65535.</source>
        <translation>ポートを 1 ～ 65535 で入力してください。</translation>
    </message>
    <message>
        <source>The remote desktop was not opened.</source>
        <translation>リモートデスクトップを開けませんでした。</translation>
    </message>
    <message>
        <source>Passed to %1, the RDP client of this machine; not stored.</source>
        <translation>このマシンの RDP クライアント %1 に渡します。どこにも保存しません。</translation>
    </message>
</context>
<context>
    <name>fb::DesktopWindow</name>
    <message>
        <source>%1 - Flagbridge</source>
        <translation>%1 - Flagbridge</translation>
    </message>
</context>
<context>
    <name>fb::DesktopsPage</name>
    <message>
        <source>Keys go to the desktop under the mouse. From the keyboard: Enter to go in, Ctrl+Alt+Home to leave.</source>
        <translation>キー入力は、マウスカーソルがあるデスクトップに送られます。キーボードでは Enter で入り、Ctrl+Alt+Home で出ます。</translation>
    </message>
    <message>
        <source>Open a remote desktop</source>
        <translation>リモートデスクトップを開く</translation>
    </message>
    <message>
        <source>Desktops</source>
        <translation>デスクトップ</translation>
    </message>
    <message>
        <source>The remote desktop of %1 has ended.</source>
        <translation>%1 のリモートデスクトップが終了しました。</translation>
    </message>
    <message>
        <source>No remote desktop is open</source>
        <translation>開いているリモートデスクトップはありません</translation>
    </message>
    <message>
        <source>A remote desktop connects through a tunnel to the RDP port of a node, or of a host that the node can reach. The node opens no port for it. Up to four are shown here side by side.</source>
        <translation>リモートデスクトップは、ノードの RDP ポート、またはノードから到達できるホストの RDP ポートにトンネル経由で接続します。ノードがポートを開放する必要はありません。ここに 4 つまで並べて表示できます。</translation>
    </message>
    <message>
        <source>A remote desktop connects through a tunnel to the RDP port of a node, or of a host that the node can reach. The node opens no port for it. Each opens in its own window and is listed here.</source>
        <translation>リモートデスクトップは、ノードの RDP ポート、またはノードから到達できるホストの RDP ポートにトンネル経由で接続します。ノードがポートを開放する必要はありません。それぞれ別ウィンドウで開き、ここに一覧表示されます。</translation>
    </message>
    <message numerus="yes">
        <source>%n remote desktop(s) are open, which is the limit.</source>
        <translation>
            <numerusform>リモートデスクトップは %n 件まで開けます。すでに上限です。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DocumentCompletionWords</name>
    <message>
        <source>parameter</source>
        <extracomment>beside the name of a parameter that may be written</extracomment>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>required</source>
        <extracomment>beside the name of an input that a step must have</extracomment>
        <translation>必須</translation>
    </message>
</context>
<context>
    <name>fb::DocumentEditor</name>
    <message>
        <source>Make it the default version</source>
        <translation>デフォルトバージョンにする</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>新しいドキュメント</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 を編集</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>ファイルをインポート</translation>
    </message>
    <message>
        <source>Create document</source>
        <translation>ドキュメントを作成</translation>
    </message>
    <message>
        <source>Save as a new version</source>
        <translation>新しいバージョンとして保存</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>Content of the document</source>
        <translation>ドキュメントの内容</translation>
    </message>
    <message>
        <source>Problems in the document</source>
        <translation>ドキュメントの誤り</translation>
    </message>
    <message>
        <source>Import a document</source>
        <translation>ドキュメントのインポート</translation>
    </message>
    <message>
        <source>Documents (*.yaml *.yml *.json)</source>
        <translation>ドキュメント (*.yaml *.yml *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>3 to 128 letters, digits, _ - and .</source>
        <translation>3～128 文字の英数字、_ - .</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>タイプ</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Version name (optional)</source>
        <translation>バージョン名 (任意)</translation>
    </message>
    <message>
        <source>The document could not be read.</source>
        <translation>ドキュメントを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1 行目: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s). Press Enter on one to go to its line.</source>
        <translation>
            <numerusform>%n 件の誤りがあります。Enter でその行に移動します。</numerusform>
        </translation>
    </message>
    <message>
        <source>No problems found.</source>
        <translation>問題は見つかりませんでした。</translation>
    </message>
    <message>
        <source>Your draft is back.</source>
        <translation>下書きを復元しました。</translation>
    </message>
    <message>
        <source>Kept as a draft on %1. It is not saved yet.</source>
        <translation>%1 に下書きとして保持されました。まだ保存していません。</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>下書きを破棄</translation>
    </message>
    <message>
        <source>Enter a name of 3 to 128 letters, digits, _ - and .</source>
        <translation>3～128 文字の英数字、_ - . で名前を入力してください</translation>
    </message>
    <message>
        <source>The document was not saved. Your text is still here.</source>
        <translation>ドキュメントは保存されませんでした。入力内容はそのまま残っています。</translation>
    </message>
    <message>
        <source>The file was not imported.</source>
        <translation>ファイルはインポートされませんでした。</translation>
    </message>
    <message>
        <source>No draft is saved.</source>
        <translation>下書きを保存できません。</translation>
    </message>
    <message>
        <source>The data folder is not writable. Save before you leave this page.</source>
        <translation>データフォルダに書き込めません。このページを離れる前に保存してください。</translation>
    </message>
    <message>
        <source>Version %1 is saved, but it is not the default.</source>
        <translation>バージョン %1 は保存されましたが、デフォルトにはなっていません。</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>ドライラン</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>ステップを追加</translation>
    </message>
    <message>
        <source>Shows the steps for chosen parameters and a platform; nothing is run</source>
        <translation>選んだパラメータとプラットフォームでのステップを表示します。何も実行されません</translation>
    </message>
    <message>
        <source>The step was not added.</source>
        <translation>ステップは追加されませんでした。</translation>
    </message>
    <message>
        <source>The text has problems, or its steps are not a list. Correct it first.</source>
        <translation>内容に誤りがあるか、ステップがリストではありません。先に修正してください。</translation>
    </message>
</context>
<context>
    <name>fb::DocumentFile</name>
    <message>
        <source>%1 cannot be opened.</source>
        <translation>%1 を開けません。</translation>
    </message>
    <message>
        <source>%1 is not a regular file.</source>
        <translation>%1 は通常のファイルではありません。</translation>
    </message>
    <message>
        <source>%1 is %2; a document may be at most 64 KiB.</source>
        <translation>%1 は %2 あります。ドキュメントは 64 KiB までです。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 を読み取れません。</translation>
    </message>
    <message>
        <source>%1 is larger than 64 KiB.</source>
        <translation>%1 は 64 KiB を超えています。</translation>
    </message>
    <message>
        <source>%1 is not text in UTF-8.</source>
        <translation>%1 は UTF-8 のテキストではありません。</translation>
    </message>
</context>
<context>
    <name>fb::DocumentFileTable</name>
    <message>
        <source>File</source>
        <extracomment>column title: of a file</extracomment>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Size</source>
        <extracomment>column title: of a file</extracomment>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>%1: a name has 3 to 128 letters, digits, _ - and . Rename the file.</source>
        <translation>%1: 名前は 3～128 文字の英数字、_、-、. です。ファイル名を変更してください。</translation>
    </message>
    <message>
        <source>%1 is not a file that can be read.</source>
        <translation>%1 は読み取れるファイルではありません。</translation>
    </message>
    <message>
        <source>%1 is %2; a file may be at most 1 GiB.</source>
        <translation>%1 は %2 です。1 ファイルは 1 GiB までです。</translation>
    </message>
</context>
<context>
    <name>fb::DocumentForm</name>
    <message>
        <source>Enter a value; the document has no default.</source>
        <translation>値を入力してください。ドキュメントにデフォルト値がありません。</translation>
    </message>
    <message numerus="yes">
        <source>Enter at least %n line(s).</source>
        <translation>
            <numerusform>%n 行以上入力してください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enter at most %n line(s).</source>
        <translation>
            <numerusform>%n 行以内で入力してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose one of: %1</source>
        <translation>次から選んでください: %1</translation>
    </message>
    <message numerus="yes">
        <source>Enter at least %n character(s).</source>
        <translation>
            <numerusform>%n 文字以上入力してください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enter at most %n character(s).</source>
        <translation>
            <numerusform>%n 文字以内で入力してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter a value that matches this pattern: %1</source>
        <translation>次の形式で入力してください: %1</translation>
    </message>
    <message>
        <source>Enter a whole number.</source>
        <translation>整数を入力してください。</translation>
    </message>
    <message>
        <source>Enter a JSON object, for example {&quot;key&quot;: &quot;value&quot;}.</source>
        <translation>JSON オブジェクトを入力してください。例: {&quot;key&quot;: &quot;value&quot;}</translation>
    </message>
    <message>
        <source>Enter a JSON list of objects, for example [{&quot;key&quot;: &quot;value&quot;}].</source>
        <translation>オブジェクトの JSON リストを入力してください。例: [{&quot;key&quot;: &quot;value&quot;}]</translation>
    </message>
</context>
<context>
    <name>fb::DocumentPage</name>
    <message>
        <source>Parameter</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>タイプ</translation>
    </message>
    <message>
        <source>Default value</source>
        <translation>デフォルト値</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Content of the document</source>
        <translation>ドキュメントの内容</translation>
    </message>
    <message>
        <source>Make it the default</source>
        <translation>デフォルトにする</translation>
    </message>
    <message>
        <source>Show this version</source>
        <translation>このバージョンを表示</translation>
    </message>
    <message>
        <source>Parts of this document</source>
        <translation>このドキュメントの項目</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>The document could not be read.</source>
        <translation>ドキュメントを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Versions (%1)</source>
        <translation>バージョン (%1)</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>組み込み</translation>
    </message>
    <message>
        <source>version %1 of %2</source>
        <translation>バージョン %1 / %2</translation>
    </message>
    <message>
        <source>version %1 is the default</source>
        <translation>デフォルトはバージョン %1</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Version name</source>
        <translation>バージョン名</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Copy to new</source>
        <translation>コピーして新規作成</translation>
    </message>
    <message>
        <source>Built-in documents come with Flagbridge and cannot be deleted.</source>
        <translation>組み込みドキュメントは Flagbridge に含まれており、削除できません。</translation>
    </message>
    <message>
        <source>The default version was not changed.</source>
        <translation>デフォルトバージョンは変更されませんでした。</translation>
    </message>
    <message>
        <source>The document was not deleted.</source>
        <translation>ドキュメントは削除されませんでした。</translation>
    </message>
    <message>
        <source>The versions could not be read.</source>
        <translation>バージョンを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Delete this version</source>
        <translation>このバージョンを削除</translation>
    </message>
    <message>
        <source>Show the content as</source>
        <translation>内容の表示形式</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>エクスポート...</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>エクスポート</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>表示形式</translation>
    </message>
    <message>
        <source>The content cannot be shown in this format.</source>
        <translation>この形式では表示できません。</translation>
    </message>
    <message>
        <source>It is not valid %1.</source>
        <translation>有効な %1 ではありません。</translation>
    </message>
    <message>
        <source>The document was exported.</source>
        <translation>ドキュメントをエクスポートしました。</translation>
    </message>
    <message>
        <source>The document was not exported.</source>
        <translation>ドキュメントをエクスポートできませんでした。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 に書き込めません: %2</translation>
    </message>
    <message>
        <source>The versions could not be compared.</source>
        <translation>バージョンを比較できませんでした。</translation>
    </message>
    <message>
        <source>Compares two selected versions, or the selected one with the one before it</source>
        <translation>選択した 2 つのバージョン、または選択したバージョンと 1 つ前のバージョンを比較します</translation>
    </message>
    <message>
        <source>The default version cannot be deleted.</source>
        <translation>デフォルトのバージョンは削除できません。</translation>
    </message>
    <message>
        <source>Delete version %1 of %2?</source>
        <translation>%2 のバージョン %1 を削除しますか?</translation>
    </message>
    <message>
        <source>Its text is deleted. Runs that used it keep their results. This cannot be undone.</source>
        <translation>内容は失われます。このバージョンで行われた実行の記録は残ります。元に戻せません。</translation>
    </message>
    <message>
        <source>Delete the version</source>
        <translation>バージョンを削除</translation>
    </message>
    <message>
        <source>The version was not deleted.</source>
        <translation>バージョンを削除できませんでした。</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>添付ファイル</translation>
    </message>
    <message>
        <source>The files were not attached.</source>
        <translation>ファイルは添付されませんでした。</translation>
    </message>
    <message>
        <source>Attachments (%1)</source>
        <translation>添付ファイル (%1)</translation>
    </message>
    <message>
        <source>Version %1 cannot be run.</source>
        <translation>バージョン %1 は実行できません。</translation>
    </message>
    <message>
        <source>Version %1 is saved, but it is not the default.</source>
        <translation>バージョン %1 は保存されましたが、デフォルトにはなっていません。</translation>
    </message>
    <message>
        <source>The files of version %1 are being fetched.</source>
        <translation>バージョン %1 のファイルを取得しています。</translation>
    </message>
    <message>
        <source>It can be run, and become the default, once they are there.</source>
        <translation>取得が終わると、実行したりデフォルトにしたりできます。</translation>
    </message>
    <message>
        <source>The files of version %1 are there.</source>
        <translation>バージョン %1 のファイルがそろいました。</translation>
    </message>
</context>
<context>
    <name>fb::DocumentPicker</name>
    <message>
        <source>No document matches. Press Esc to go back.</source>
        <translation>一致するドキュメントはありません。Esc で戻ります。</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Search by name, description or platform</source>
        <translation>名前、説明、プラットフォームで検索</translation>
    </message>
    <message>
        <source>Documents that match</source>
        <translation>一致するドキュメント</translation>
    </message>
    <message>
        <source>%1 For %2.</source>
        <translation>%1 対象: %2</translation>
    </message>
</context>
<context>
    <name>fb::DocumentTable</name>
    <message>
        <source>Built-in</source>
        <translation>組み込み</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>ユーザー作成</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>column title: name of a document</extracomment>
        <translation>名前</translation>
    </message>
    <message>
        <source>Type</source>
        <extracomment>column title: type of a document</extracomment>
        <translation>タイプ</translation>
    </message>
    <message>
        <source>Owner</source>
        <extracomment>column title: who owns a document</extracomment>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Platforms</source>
        <extracomment>column title</extracomment>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Schema</source>
        <extracomment>column title: version of the document language</extracomment>
        <translation>スキーマ</translation>
    </message>
    <message>
        <source>Default version</source>
        <extracomment>column title: the version that runs when none is named</extracomment>
        <translation>デフォルトバージョン</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>column title: YAML or JSON</extracomment>
        <translation>形式</translation>
    </message>
    <message>
        <source>Tags</source>
        <extracomment>column title</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Created</source>
        <extracomment>column title: when it was made</extracomment>
        <translation>作成日時</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>タイトル</translation>
    </message>
</context>
<context>
    <name>fb::DocumentVersionTable</name>
    <message>
        <source>Version</source>
        <extracomment>column title</extracomment>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Version name</source>
        <extracomment>column title: name that was given to a version</extracomment>
        <translation>バージョン名</translation>
    </message>
    <message>
        <source>Default</source>
        <extracomment>column title: the version that runs when none is named</extracomment>
        <translation>デフォルト</translation>
    </message>
    <message>
        <source>Format</source>
        <extracomment>column title: YAML or JSON</extracomment>
        <translation>形式</translation>
    </message>
    <message>
        <source>Created</source>
        <extracomment>column title: when it was made</extracomment>
        <translation>作成日時</translation>
    </message>
</context>
<context>
    <name>fb::DocumentsPage</name>
    <message>
        <source>Documents</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Filter: type a word, or owner=own</source>
        <translation>フィルター: 語句、または owner=own</translation>
    </message>
    <message>
        <source>No documents yet. A document describes what to do on nodes: steps, parameters, platforms.</source>
        <translation>ドキュメントはまだありません。ドキュメントは、ノードで行うこと (ステップ、パラメータ、プラットフォーム) を定めます。</translation>
    </message>
    <message>
        <source>The documents could not be read.</source>
        <translation>ドキュメントの一覧を読み取れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n 件のドキュメント</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>The document was not deleted.</source>
        <translation>ドキュメントは削除されませんでした。</translation>
    </message>
    <message>
        <source>Built-in documents come with Flagbridge and cannot be deleted.</source>
        <translation>組み込みドキュメントは Flagbridge に含まれており、削除できません。</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>新しいドキュメント</translation>
    </message>
    <message>
        <source>Delete the document %1?</source>
        <translation>ドキュメント %1 を削除しますか?</translation>
    </message>
    <message>
        <source>All its versions are deleted. Runs that used it keep their results. This cannot be undone.</source>
        <translation>すべてのバージョンが削除されます。このドキュメントによる過去の実行の記録は残ります。この操作は取り消せません。</translation>
    </message>
    <message>
        <source>Delete the document</source>
        <translation>ドキュメントを削除</translation>
    </message>
</context>
<context>
    <name>fb::DryRun</name>
    <message>
        <source>runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>is skipped: %1</source>
        <translation>スキップ: %1</translation>
    </message>
    <message>
        <source>fails: %1</source>
        <translation>失敗: %1</translation>
    </message>
    <message>
        <source># Step %1, %2 (%3), %4</source>
        <extracomment>%1 number of a step, %2 its name, %3 its plugin, %4 &quot;runs&quot;, &quot;is skipped: ...&quot; or &quot;fails: ...&quot;</extracomment>
        <translation># ステップ %1、%2 (%3)、%4</translation>
    </message>
</context>
<context>
    <name>fb::DryRunPanel</name>
    <message>
        <source>Steps as they would run</source>
        <translation>実行されるステップ</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Values for the dry run</source>
        <translation>ドライランの値</translation>
    </message>
    <message>
        <source>Only Command documents have steps.</source>
        <translation>ステップがあるのは Command ドキュメントだけです。</translation>
    </message>
    <message>
        <source>The document has problems. The steps are shown when these are fixed.</source>
        <translation>ドキュメントに誤りがあります。直すとステップが表示されます。</translation>
    </message>
    <message>
        <source>One item per line</source>
        <translation>1 行に 1 項目</translation>
    </message>
</context>
<context>
    <name>fb::EditGate</name>
    <message>
        <source>The engine is not responding. This is available again as soon as it does.</source>
        <translation>エンジンが応答していません。応答するまでこの操作はできません。</translation>
    </message>
</context>
<context>
    <name>fb::EnrolSteps</name>
    <message>
        <source>Create activation</source>
        <translation>アクティベーションを作成</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 時間</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 時間</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 日</numerusform>
        </translation>
    </message>
    <message>
        <source>Tags given to each node</source>
        <translation>各ノードに付けるタグ</translation>
    </message>
    <message>
        <source>Nodes that may join</source>
        <translation>登録できる台数</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>有効期間</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>コマンドをコピー</translation>
    </message>
    <message>
        <source>Install command</source>
        <translation>インストールコマンド</translation>
    </message>
    <message>
        <source>The command appears here when the activation is created.</source>
        <translation>アクティベーションを作成すると、ここにコマンドが表示されます。</translation>
    </message>
    <message>
        <source>Listening on %1. The node appears here a second or two after it connects.</source>
        <translation>%1 で待ち受けています。ノードは接続後 1～2 秒でここに表示されます。</translation>
    </message>
    <message>
        <source>Create an activation</source>
        <translation>アクティベーションを作成する</translation>
    </message>
    <message>
        <source>A code that nodes use once to join. It works for the number of nodes and days you allow.</source>
        <translation>ノードが参加時に一度だけ使うコードです。指定した台数と日数の間だけ有効です。</translation>
    </message>
    <message>
        <source>Install the agent and register it</source>
        <translation>エージェントをインストールして登録する</translation>
    </message>
    <message>
        <source>The agent dials out over TLS. No port is opened on the node.</source>
        <translation>エージェントが TLS で外向きに接続します。ノード側のポートは開きません。</translation>
    </message>
    <message>
        <source>Watch it appear</source>
        <translation>表示されるのを確認する</translation>
    </message>
    <message>
        <source>No activation was created.</source>
        <translation>アクティベーションは作成されませんでした。</translation>
    </message>
    <message>
        <source>Write each tag as key=value, for example env=prod.</source>
        <translation>タグは key=value の形で書いてください (例: env=prod)。</translation>
    </message>
    <message>
        <source>Create another activation</source>
        <translation>別のアクティベーションを作成</translation>
    </message>
    <message>
        <source>The code is shown only once. It is valid until %1.</source>
        <translation>コードが表示されるのは今回だけです。%1 まで有効です。</translation>
    </message>
</context>
<context>
    <name>fb::EnrolWizard</name>
    <message>
        <source>Enrol nodes</source>
        <translation>ノードを登録</translation>
    </message>
    <message>
        <source>Who may join</source>
        <translation>参加の条件</translation>
    </message>
    <message>
        <source>How</source>
        <translation>登録方法</translation>
    </message>
    <message>
        <source>Install and watch</source>
        <translation>インストールと確認</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>No activation was created.</source>
        <translation>アクティベーションは作成されませんでした。</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 時間</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 時間</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 日</numerusform>
        </translation>
    </message>
    <message>
        <source>Default name of the nodes</source>
        <translation>ノードのデフォルト名</translation>
    </message>
    <message>
        <source>Optional. Without it each node shows its host name.</source>
        <translation>省略できます。省略すると各ノードはホスト名で表示されます。</translation>
    </message>
    <message>
        <source>The activation is created. These values can no longer be changed.</source>
        <translation>アクティベーションは作成済みのため、ここは変更できません。</translation>
    </message>
    <message>
        <source>Nodes that may join</source>
        <translation>登録できる台数</translation>
    </message>
    <message>
        <source>Valid for</source>
        <translation>有効期間</translation>
    </message>
    <message>
        <source>Tags given to each node</source>
        <translation>各ノードに付けるタグ</translation>
    </message>
    <message>
        <source>The flagbridge-agent package must be installed on the node (Linux). The agent dials out over TLS; no port is opened.</source>
        <translation>ノード (Linux) に flagbridge-agent パッケージが必要です。エージェントは TLS で外向きに接続し、ポートは開きません。</translation>
    </message>
    <message>
        <source>Paste a command</source>
        <translation>コマンドを貼り付け</translation>
    </message>
    <message>
        <source>In a shell on each node, as a user who can use sudo.</source>
        <translation>各ノードのシェルで、sudo を使えるユーザーとして実行します。</translation>
    </message>
    <message>
        <source>cloud-init</source>
        <translation>cloud-init</translation>
    </message>
    <message>
        <source>User data for machines that are created from an image.</source>
        <translation>イメージから作成するマシンのユーザーデータです。</translation>
    </message>
    <message>
        <source>Ansible task</source>
        <translation>Ansible タスク</translation>
    </message>
    <message>
        <source>Two tasks for a play; the code is kept out of its log.</source>
        <translation>プレイに加える 2 つのタスクです。コードはログに残りません。</translation>
    </message>
    <message>
        <source>A list of hosts</source>
        <translation>ホストの一覧</translation>
    </message>
    <message>
        <source>A shell loop that connects to each of them with ssh.</source>
        <translation>ssh で各ホストを回るシェルのループです。</translation>
    </message>
    <message>
        <source>Hosts, one per line</source>
        <translation>ホスト (1 行に 1 台)</translation>
    </message>
    <message>
        <source>What to paste</source>
        <translation>貼り付ける内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Create activation</source>
        <translation>アクティベーションを作成</translation>
    </message>
    <message>
        <source>Use letters, digits, spaces and _ . : / = + - @ only.</source>
        <translation>使えるのは文字、数字、空白と _ . : / = + - @ だけです。</translation>
    </message>
    <message>
        <source>These are %1 hosts, but only %2 nodes may join. Go back and raise the number.</source>
        <translation>ホストは %1 台ですが、登録できるのは %2 台です。戻って台数を増やしてください。</translation>
    </message>
    <message>
        <source>Paste this in a shell on each node:</source>
        <translation>各ノードのシェルに貼り付けてください:</translation>
    </message>
    <message>
        <source>Give this to new machines as user data:</source>
        <translation>新しいマシンのユーザーデータとして渡してください:</translation>
    </message>
    <message>
        <source>Put these tasks into a play:</source>
        <translation>次のタスクをプレイに加えてください:</translation>
    </message>
    <message>
        <source>Run this on a machine that reaches the hosts by ssh:</source>
        <translation>ssh でホストに届く場所で実行してください:</translation>
    </message>
    <message>
        <source>The code is shown only once and works until %1. The agent trusts only an engine whose CA has the SHA-256 fingerprint %2.</source>
        <translation>コードが表示されるのは今回だけで、%1 まで有効です。エージェントは、CA の SHA-256 フィンガープリントが %2 であるエンジンだけを信頼します。</translation>
    </message>
    <message>
        <source>Waiting for the first node</source>
        <translation>最初のノードを待っています</translation>
    </message>
    <message>
        <source>%1 of %2 nodes joined</source>
        <translation>%2 台中 %1 台が登録されました</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>A node appears here a second or two after it connects.</source>
        <translation>ノードは接続してから 1、2 秒でここに表示されます。</translation>
    </message>
    <message>
        <source>The code cannot be shown again.</source>
        <translation>コードは再表示できません。</translation>
    </message>
    <message>
        <source>Close again if you have copied it.</source>
        <translation>コピー済みであれば、もう一度閉じてください。</translation>
    </message>
    <message>
        <source>Require approval: each node waits in quarantine until an operator approves it</source>
        <translation>承認を必要とする: ノードは隔離された状態でオペレーターの承認を待ちます</translation>
    </message>
    <message>
        <source>Allowed addresses</source>
        <translation>接続元のアドレス</translation>
    </message>
    <message>
        <source>Optional. Addresses or networks. If empty, nodes may connect from anywhere.</source>
        <translation>省略可。アドレスまたはネットワーク。指定しなければ、どこからでも参加できます。</translation>
    </message>
    <message>
        <source>%1 of %2 nodes joined; they wait under Approvals</source>
        <translation>%2 台中 %1 台のノードが参加し、「承認待ち」で待機しています</translation>
    </message>
    <message>
        <source>Node profile</source>
        <translation>ノードプロファイル</translation>
    </message>
</context>
<context>
    <name>fb::EnrolmentTexts</name>
    <message>
        <source>&quot;%1&quot; is not a host name. Enter one name or address per line.</source>
        <translation>「%1」はホスト名ではありません。1 行に 1 つ、名前またはアドレスを入力してください。</translation>
    </message>
    <message>
        <source>Enter one host per line.</source>
        <translation>1 行に 1 台ずつホストを入力してください。</translation>
    </message>
    <message>
        <source>These are %1 hosts; one activation takes at most %2.</source>
        <translation>ホストは %1 台ですが、1 つのアクティベーションで登録できるのは %2 台までです。</translation>
    </message>
</context>
<context>
    <name>fb::EventTable</name>
    <message>
        <source>Time</source>
        <extracomment>column title: when it happened</extracomment>
        <translation>日時</translation>
    </message>
    <message>
        <source>Event</source>
        <extracomment>column title: kind of event</extracomment>
        <translation>イベント</translation>
    </message>
    <message>
        <source>Status</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Resource</source>
        <extracomment>column title: what the event is about</extracomment>
        <translation>リソース</translation>
    </message>
    <message>
        <source>Source</source>
        <extracomment>column title: the system that the event comes from</extracomment>
        <translation>ソース</translation>
    </message>
    <message>
        <source>No.</source>
        <extracomment>column title: running number of an event</extracomment>
        <translation>番号</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Waiting for the node</source>
        <translation>ノードの接続待ち</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>キャンセル中</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル済み</translation>
    </message>
    <message>
        <source>Timed out</source>
        <translation>タイムアウト</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>オンライン</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>接続切れ</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>登録済み</translation>
    </message>
    <message>
        <source>Deregistered</source>
        <translation>登録解除済み</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>隔離中</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>切断</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>終了処理中</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Being created</source>
        <translation>作成中</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>有効</translation>
    </message>
    <message>
        <source>Being updated</source>
        <translation>更新中</translation>
    </message>
    <message>
        <source>Being deleted</source>
        <translation>削除中</translation>
    </message>
</context>
<context>
    <name>fb::EventsPage</name>
    <message>
        <source>Events</source>
        <translation>イベント</translation>
    </message>
    <message>
        <source>Filter: type a word, or status=failed</source>
        <translation>フィルター: 語句、または status=failed</translation>
    </message>
    <message>
        <source>Nothing has happened yet. Changes to nodes, runs, sessions and documents appear here as they happen.</source>
        <translation>まだ何も起きていません。ノード、実行、セッション、ドキュメントの変化が起きると、すぐここに表示されます。</translation>
    </message>
    <message>
        <source>The events could not be read.</source>
        <translation>イベントを読み取れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>the newest %n</source>
        <translation>
            <numerusform>最新の %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n 件のイベント</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the resource</source>
        <translation>リソースを開く</translation>
    </message>
</context>
<context>
    <name>fb::ExportActivities</name>
    <message>
        <source>Export to %1</source>
        <translation>%1 へのエクスポート</translation>
    </message>
    <message>
        <source>No file is left behind.</source>
        <translation>ファイルは残りません。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in %1</source>
        <translation>
            <numerusform>%1 に %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled; no file was left behind.</source>
        <translation>キャンセルしました。ファイルは残っていません。</translation>
    </message>
    <message>
        <source>The export is ready</source>
        <translation>エクスポートが完了しました</translation>
    </message>
    <message>
        <source>The export failed</source>
        <translation>エクスポートに失敗しました</translation>
    </message>
    <message>
        <source>Reading older rows first</source>
        <translation>先に古い行を読み込んでいます</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in %1. Rows older than the page can show are not included.</source>
        <translation>
            <numerusform>%1 に %n 行を書き出しました。このページに表示できる行より古いものは含まれていません。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FaultWords</name>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>a boolean</source>
        <translation>真偽値</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文字列</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>リスト</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>マップ</translation>
    </message>
    <message>
        <source>text or a list of texts</source>
        <translation>文字列か文字列のリスト</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true か false</translation>
    </message>
    <message>
        <source>a map or its JSON text</source>
        <translation>マップかその JSON テキスト</translation>
    </message>
    <message>
        <source>exit or successAndExit</source>
        <translation>exit か successAndExit</translation>
    </message>
    <message>
        <source>a step is a map, not %1</source>
        <translation>ステップはマップで書きます (これは%1です)</translation>
    </message>
    <message>
        <source>the plugin &quot;%1&quot; is not known</source>
        <translation>プラグイン「%1」は不明です</translation>
    </message>
    <message>
        <source>the plugin &quot;%1&quot; is not known; did you mean %2?</source>
        <translation>プラグイン「%1」は不明です。%2 のことですか?</translation>
    </message>
    <message>
        <source>no step can run on any platform</source>
        <translation>どのプラットフォームでも実行できるステップがありません</translation>
    </message>
    <message>
        <source>no platform can run all its plugins</source>
        <translation>すべてのプラグインを実行できるプラットフォームがありません</translation>
    </message>
    <message>
        <source>this is an input in a Command document: move it below inputs</source>
        <translation>Command ドキュメントではこれは入力です。inputs の下に移してください</translation>
    </message>
    <message>
        <source>this key is not known in a step</source>
        <translation>ステップにこのキーはありません</translation>
    </message>
    <message>
        <source>a map of inputs is expected, not %1</source>
        <translation>入力はマップで書きます (これは%1です)</translation>
    </message>
    <message>
        <source>a map of operators is expected, not %1</source>
        <translation>演算子のマップが必要です (これは%1です)</translation>
    </message>
    <message>
        <source>a precondition needs schema version 2.2: this step will fail</source>
        <translation>precondition にはスキーマバージョン 2.2 が必要です。このステップは失敗します</translation>
    </message>
    <message>
        <source>%1: this step will fail</source>
        <translation>%1。このステップは失敗します</translation>
    </message>
    <message>
        <source>a number from 1 to %1 is expected</source>
        <translation>1～%1 の数値を入力してください</translation>
    </message>
    <message>
        <source>a number of seconds is expected, not %1</source>
        <translation>秒数が必要です (これは%1です)</translation>
    </message>
    <message>
        <source>the step needs an action: the name of a plugin</source>
        <translation>ステップには action (プラグインの名前) が必要です</translation>
    </message>
    <message>
        <source>the step needs a name</source>
        <translation>ステップには名前が必要です</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a step name: 1 to %2 letters, digits, _ and -</source>
        <translation>「%1」はステップ名にできません。英字、数字、_、- を 1～%2 文字で入力してください</translation>
    </message>
    <message>
        <source>only the last step can be the finally step; this is ignored</source>
        <translation>finallyStep にできるのは最後のステップだけです。この指定は無視されます</translation>
    </message>
    <message>
        <source>a list of 1 to %1 steps is expected (got %2)</source>
        <translation>1～%1 個のステップのリストが必要です (現在 %2 個)</translation>
    </message>
    <message>
        <source>a list of 1 to %1 steps is expected, not %2</source>
        <translation>1～%1 個のステップのリストが必要です (これは%2です)</translation>
    </message>
    <message>
        <source>two steps are named &quot;%1&quot;</source>
        <translation>「%1」という名前のステップが 2 つあります</translation>
    </message>
    <message>
        <source>a map with properties is expected, not %1</source>
        <translation>properties を持つマップが必要です (これは%1です)</translation>
    </message>
    <message>
        <source>this key is not known here; properties and settings are</source>
        <translation>ここにこのキーはありません。使えるのは properties と settings です</translation>
    </message>
    <message>
        <source>the plugin has no properties</source>
        <translation>プラグインに properties がありません</translation>
    </message>
    <message>
        <source>a map, a list of maps or a parameter&apos;s token is expected</source>
        <translation>マップ、マップのリスト、パラメータのトークンのいずれかが必要です</translation>
    </message>
    <message>
        <source>{{ %1 }} must be a parameter of type StringMap or MapList</source>
        <translation>{{ %1 }} は StringMap 型か MapList 型のパラメータでなければなりません</translation>
    </message>
    <message>
        <source>an id has up to %1 letters, digits, _, -, : and single dots</source>
        <translation>id は英字、数字、_、-、: と連続しないピリオドで %1 文字までです</translation>
    </message>
    <message>
        <source>this needs schema version 2.0 or later</source>
        <translation>これにはスキーマバージョン 2.0 以降が必要です</translation>
    </message>
    <message>
        <source>the id &quot;%1&quot; is used twice</source>
        <translation>id「%1」が重複しています</translation>
    </message>
    <message>
        <source>a map of at least one plugin is expected</source>
        <translation>1 つ以上のプラグインのマップが必要です</translation>
    </message>
    <message>
        <source>at most %1 steps are allowed (got %2)</source>
        <translation>ステップは %1 個までです (現在 %2 個)</translation>
    </message>
    <message>
        <source>a Standard_Stream document needs inputs</source>
        <translation>Standard_Stream ドキュメントには inputs が必要です</translation>
    </message>
    <message>
        <source>a %1 document needs properties</source>
        <translation>%1 ドキュメントには properties が必要です</translation>
    </message>
    <message>
        <source>sessionType must be Standard_Stream, InteractiveCommands, NonInteractiveCommands or Port</source>
        <translation>sessionType は Standard_Stream、InteractiveCommands、NonInteractiveCommands、Port のいずれかです</translation>
    </message>
    <message>
        <source>parameters of Session documents are String or StringList, not %1</source>
        <translation>Session ドキュメントのパラメータは String か StringList です (%1 は使えません)</translation>
    </message>
    <message>
        <source>a map is expected, not %1</source>
        <translation>マップが必要です (これは%1です)</translation>
    </message>
    <message>
        <source>this input is not known</source>
        <translation>この入力は不明です</translation>
    </message>
    <message>
        <source>a value is expected, not %1</source>
        <translation>値が必要です (これは%1です)</translation>
    </message>
    <message>
        <source>at most %1 characters are allowed (got %2)</source>
        <translation>%1 文字までです (現在 %2 文字)</translation>
    </message>
    <message>
        <source>only linux, macos and windows are known here</source>
        <translation>ここで使えるのは linux、macos、windows だけです</translation>
    </message>
    <message>
        <source>text is expected, not %1</source>
        <translation>文字列が必要です (これは%1です)</translation>
    </message>
    <message>
        <source>a Standard_Stream document has inputs, not properties</source>
        <translation>Standard_Stream ドキュメントで使うのは properties ではなく inputs です</translation>
    </message>
    <message>
        <source>this key is not known; portNumber, localPortNumber, host and type are</source>
        <translation>このキーはありません。使えるのは portNumber、localPortNumber、host、type です</translation>
    </message>
    <message>
        <source>a Port document needs a portNumber</source>
        <translation>Port ドキュメントには portNumber が必要です</translation>
    </message>
    <message>
        <source>the commands of at least one platform are needed</source>
        <translation>1 つ以上のプラットフォームのコマンドが必要です</translation>
    </message>
    <message>
        <source>text or a list of texts is expected</source>
        <translation>文字列か文字列のリストが必要です</translation>
    </message>
    <message>
        <source>true or false is expected</source>
        <translation>true か false が必要です</translation>
    </message>
    <message>
        <source>this key is not known; commands and runAsElevated are</source>
        <translation>このキーはありません。使えるのは commands と runAsElevated です</translation>
    </message>
    <message>
        <source>the commands are missing</source>
        <translation>commands がありません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be true or false</source>
        <translation>「%1」は true か false でなければなりません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be 1 to 60 minutes</source>
        <translation>「%1」は 1～60 分でなければなりません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be 1 to 1440 minutes, or empty for no limit</source>
        <translation>「%1」は 1～1440 分、または空 (制限なし) でなければなりません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be 1 to 3650 days</source>
        <translation>「%1」は 1～3650 日でなければなりません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be %2 to %3</source>
        <translation>「%1」は %2～%3 でなければなりません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be LocalPortForwarding or none</source>
        <translation>「%1」は LocalPortForwarding か none でなければなりません</translation>
    </message>
    <message>
        <source>%1 is expected, not %2</source>
        <translation>%1が必要です (これは%2です)</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be one of %2</source>
        <translation>「%1」は次のいずれかでなければなりません: %2</translation>
    </message>
    <message>
        <source>{{%1}} is allowed only in the credentials of aws:downloadContent and aws:domainJoin</source>
        <translation>{{%1}} を使えるのは aws:downloadContent と aws:domainJoin の認証情報だけです</translation>
    </message>
    <message>
        <source>{{ %1 }} is not a parameter; it stays as typed</source>
        <translation>{{ %1 }} というパラメータはありません。そのままの文字になります</translation>
    </message>
    <message>
        <source>the parameter %1 goes into the script as it is given, so it can run commands; give it an allowedPattern, allowedValues or interpolationType ENV_VAR</source>
        <translation>パラメータ %1 は入力されたままスクリプトに入るため、コマンドを実行できてしまいます。allowedPattern、allowedValues、または interpolationType ENV_VAR を指定してください</translation>
    </message>
    <message>
        <source>this key belongs to Automation documents; Command documents steer with the inputs onFailure, onSuccess and finallyStep</source>
        <translation>このキーは Automation ドキュメントのものです。Command ドキュメントでは入力 onFailure、onSuccess、finallyStep で流れを決めます</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be %2</source>
        <translation>「%1」は%2でなければなりません</translation>
    </message>
    <message>
        <source>%1 must be %2</source>
        <translation>%1ではなく、%2でなければなりません</translation>
    </message>
    <message>
        <source>%1 has no such input; it has %2</source>
        <translation>%1 にこの入力はありません。使える入力: %2</translation>
    </message>
    <message>
        <source>%1 requires this input</source>
        <translation>%1 にはこの入力が必要です</translation>
    </message>
    <message>
        <source>a document is a map, not %1</source>
        <translation>ドキュメントはマップで書きます (これは%1です)</translation>
    </message>
    <message>
        <source>the schema version is missing or is not text</source>
        <translation>スキーマバージョンがないか、文字列ではありません</translation>
    </message>
    <message>
        <source>schema version %1 is not valid for document type %2</source>
        <translation>スキーマバージョン %1 はドキュメントタイプ %2 では使えません</translation>
    </message>
    <message>
        <source>this key belongs to Automation documents (schema 0.3)</source>
        <translation>このキーは Automation ドキュメント (スキーマ 0.3) のものです</translation>
    </message>
    <message>
        <source>this key is not known in a document of schema %1; it has %2</source>
        <translation>スキーマ %1 のドキュメントにこのキーはありません。使えるキー: %2</translation>
    </message>
    <message>
        <source>a map of files is expected, not %1</source>
        <translation>ファイルのマップが必要です (これは%1です)</translation>
    </message>
    <message>
        <source>AWS takes only String and StringList in Command documents; %1 runs here only</source>
        <translation>AWS の Command ドキュメントで使えるのは String と StringList だけです。%1 はここでしか動きません</translation>
    </message>
    <message>
        <source>a document of schema %1 needs %2</source>
        <translation>スキーマ %1 のドキュメントには %2 が必要です</translation>
    </message>
    <message>
        <source>the content has %1 bytes; at most %2 are allowed</source>
        <translation>内容は %1 バイトあります。上限は %2 バイトです</translation>
    </message>
    <message>
        <source>the content is empty</source>
        <translation>内容が空です</translation>
    </message>
    <message>
        <source>a document of type %1 is JSON or YAML, not TEXT</source>
        <translation>タイプ %1 のドキュメントの形式は JSON か YAML です。TEXT は使えません</translation>
    </message>
    <message>
        <source>the content is not UTF-8 text without NUL bytes</source>
        <translation>内容は NUL バイトを含まない UTF-8 テキストでなければなりません</translation>
    </message>
    <message>
        <source>a parameter is described by a map, not %1</source>
        <translation>パラメータはマップで定義します (これは%1です)</translation>
    </message>
    <message>
        <source>the parameter has no type</source>
        <translation>パラメータに type がありません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a type; it must be String, StringList, Integer, Boolean, StringMap or MapList</source>
        <translation>「%1」という型はありません。String、StringList、Integer、Boolean、StringMap、MapList のいずれかです</translation>
    </message>
    <message>
        <source>this key is not known in a parameter&apos;s definition</source>
        <translation>パラメータの定義にこのキーはありません</translation>
    </message>
    <message>
        <source>does not apply to a parameter of type %1</source>
        <translation>%1 型のパラメータには使えません</translation>
    </message>
    <message>
        <source>a whole number of 0 or more is expected</source>
        <translation>0 以上の整数が必要です</translation>
    </message>
    <message>
        <source>a list of at least one value is expected</source>
        <translation>1 つ以上の値のリストが必要です</translation>
    </message>
    <message>
        <source>the regular expression does not compile: %1</source>
        <translation>正規表現が正しくありません: %1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be textfield or textarea</source>
        <translation>「%1」は textfield か textarea でなければなりません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be RAW or ENV_VAR</source>
        <translation>「%1」は RAW か ENV_VAR でなければなりません</translation>
    </message>
    <message>
        <source>ENV_VAR is for String and StringList parameters</source>
        <translation>ENV_VAR を使えるのは String 型と StringList 型のパラメータだけです</translation>
    </message>
    <message>
        <source>%1 is above %2, which is %3</source>
        <translation>%1 は %2 (%3) より大きい値です</translation>
    </message>
    <message>
        <source>%1 is not a value for a parameter of type %2</source>
        <translation>%1は %2 型のパラメータの値にできません</translation>
    </message>
    <message>
        <source>the default does not fit the definition: %1</source>
        <translation>デフォルト値がパラメータの定義に合いません: %1</translation>
    </message>
    <message>
        <source>a map of parameters is expected, not %1</source>
        <translation>パラメータのマップが必要です (これは%1です)</translation>
    </message>
    <message>
        <source>a parameter&apos;s name has 1 to %1 letters and digits</source>
        <translation>パラメータ名は英字と数字で 1～%1 文字です</translation>
    </message>
    <message>
        <source>platformType is reserved for preconditions</source>
        <translation>platformType は precondition のために予約されています</translation>
    </message>
    <message>
        <source>StringEquals takes a list of exactly two texts</source>
        <translation>StringEquals にはちょうど 2 つの文字列のリストが必要です</translation>
    </message>
    <message>
        <source>both operands are &quot;%1&quot;</source>
        <translation>比べる値が両方とも「%1」です</translation>
    </message>
    <message>
        <source>an operand refers to Parameter Store, which a precondition may not</source>
        <translation>precondition では Parameter Store を参照できません</translation>
    </message>
    <message>
        <source>platformType can&apos;t be compared with a document parameter</source>
        <translation>platformType はドキュメントのパラメータとは比べられません</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a platform; it must be Linux, MacOS or Windows</source>
        <translation>「%1」というプラットフォームはありません。Linux、MacOS、Windows のいずれかです</translation>
    </message>
    <message>
        <source>neither operand holds platformType or a document parameter</source>
        <translation>platformType もドキュメントのパラメータも比べられていません</translation>
    </message>
    <message>
        <source>a precondition is a map of operators</source>
        <translation>precondition は演算子のマップで書きます</translation>
    </message>
    <message>
        <source>the operator &quot;%1&quot; is not known; StringEquals is</source>
        <translation>演算子「%1」は不明です。使えるのは StringEquals です</translation>
    </message>
    <message>
        <source>lists and maps are nested deeper than %1 levels</source>
        <translation>リストとマップの入れ子は %1 段までです</translation>
    </message>
    <message>
        <source>the JSON text ends too early</source>
        <translation>JSON が途中で終わっています</translation>
    </message>
    <message>
        <source>there is more text after the end of the JSON value</source>
        <translation>JSON の値の後に余分な文字があります</translation>
    </message>
    <message>
        <source>this is not JSON: %1</source>
        <translation>JSON として読めません: %1</translation>
    </message>
    <message>
        <source>the text has %1 bytes; at most %2 are allowed</source>
        <translation>テキストは %1 バイトあります。上限は %2 バイトです</translation>
    </message>
    <message>
        <source>the text holds a NUL byte</source>
        <translation>テキストに NUL バイトがあります</translation>
    </message>
    <message>
        <source>the text is not valid UTF-8</source>
        <translation>テキストが正しい UTF-8 ではありません</translation>
    </message>
    <message>
        <source>the number %1 does not fit 64 bits</source>
        <translation>数値 %1 は 64 ビットに収まりません</translation>
    </message>
    <message>
        <source>the number %1 has no JSON form; put it in quotes to mean the text</source>
        <translation>数値 %1 は JSON で表せません。文字列なら引用符で囲んでください</translation>
    </message>
    <message>
        <source>the exponent of %1 has more than 4 digits; put it in quotes to mean the text</source>
        <translation>%1 の指数が 4 桁を超えています。文字列なら引用符で囲んでください</translation>
    </message>
    <message>
        <source>there is a second YAML document; only one is allowed</source>
        <translation>YAML ドキュメントが 2 つあります。1 つだけにしてください</translation>
    </message>
    <message>
        <source>the text holds a NUL character</source>
        <translation>テキストに NUL 文字があります</translation>
    </message>
    <message>
        <source>merge keys (&lt;&lt;) are not part of YAML 1.2; write the keys out</source>
        <translation>マージキー (&lt;&lt;) は YAML 1.2 にありません。キーをすべて書いてください</translation>
    </message>
    <message>
        <source>tags are not allowed here (found %1)</source>
        <translation>ここではタグは使えません (%1)</translation>
    </message>
    <message>
        <source>a key must be text, not %1</source>
        <translation>キーは文字列でなければなりません (これは%1です)</translation>
    </message>
    <message>
        <source>an alias is used inside its own anchor</source>
        <translation>エイリアスが自分のアンカーの中にあります</translation>
    </message>
    <message>
        <source>aliases expand more than %1 times</source>
        <translation>エイリアスの展開は %1 回までです</translation>
    </message>
    <message>
        <source>aliases expand to more than %1 bytes</source>
        <translation>エイリアスの展開は %1 バイトまでです</translation>
    </message>
    <message>
        <source>the key &quot;%1&quot; is used twice</source>
        <translation>キー「%1」が重複しています</translation>
    </message>
    <message>
        <source>this is not YAML: %1</source>
        <translation>YAML として読めません: %1</translation>
    </message>
    <message>
        <source>a key holds a NUL character</source>
        <translation>キーに NUL 文字があります</translation>
    </message>
</context>
<context>
    <name>fb::FileColumns</name>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>リンク</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>パイプ</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>ソケット</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>%1 file</source>
        <extracomment>type of a file with its extension: &quot;log file&quot;</extracomment>
        <translation>%1 ファイル</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Name</source>
        <extracomment>column title: of a file</extracomment>
        <translation>名前</translation>
    </message>
    <message>
        <source>Size</source>
        <extracomment>column title</extracomment>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Modified</source>
        <extracomment>column title: when it was changed last</extracomment>
        <translation>更新</translation>
    </message>
    <message>
        <source>Owner</source>
        <extracomment>column title: whose file it is</extracomment>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Group</source>
        <extracomment>column title: of a file</extracomment>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Permissions</source>
        <extracomment>column title: permissions of a file</extracomment>
        <translation>アクセス権</translation>
    </message>
    <message>
        <source>Type</source>
        <extracomment>column title: of a file</extracomment>
        <translation>種類</translation>
    </message>
</context>
<context>
    <name>fb::FilePane</name>
    <message>
        <source>Follow</source>
        <translation>追跡</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編集</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation>ファイルの内容</translation>
    </message>
    <message>
        <source>The end of the file</source>
        <translation>ファイルの末尾</translation>
    </message>
    <message>
        <source>Text of the file</source>
        <translation>ファイルのテキスト</translation>
    </message>
    <message>
        <source>Differences from the file on the node</source>
        <translation>ノード上のファイルとの差分</translation>
    </message>
    <message>
        <source>Only lines with</source>
        <translation>含む行だけを表示</translation>
    </message>
    <message>
        <source>Only lines with...</source>
        <translation>この語句を含む行だけ...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Stop following</source>
        <translation>追跡を停止</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>上書き保存</translation>
    </message>
    <message>
        <source>The file cannot be edited.</source>
        <translation>ファイルを編集できません。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>ファイルを読み取れません。</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>バイナリ</translation>
    </message>
    <message>
        <source>the first %1 are shown</source>
        <translation>先頭の %1 を表示</translation>
    </message>
    <message numerus="yes">
        <source>the first %n line(s) are shown</source>
        <translation>
            <numerusform>先頭の %n 行を表示</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n long line(s) shortened</source>
        <translation>
            <numerusform>長い %n 行を省略</numerusform>
        </translation>
    </message>
    <message>
        <source>The file cannot be followed now. Trying again.</source>
        <translation>現在ファイルを追跡できません。再試行します。</translation>
    </message>
    <message>
        <source>The last lines, and new ones as they are added.</source>
        <translation>末尾の行と、追加された行を表示します。</translation>
    </message>
    <message>
        <source>Saved only if no one changes the file in the meantime.</source>
        <translation>その間に誰もファイルを変更していない場合にだけ保存します。</translation>
    </message>
    <message>
        <source>The file was not saved.</source>
        <translation>ファイルは保存されませんでした。</translation>
    </message>
    <message>
        <source>Someone changed the file in the meantime.</source>
        <translation>その間に誰かがファイルを変更しました。</translation>
    </message>
    <message>
        <source>Nothing was saved. Your text is compared with the file as it is now.</source>
        <translation>何も保存していません。現在の内容と編集中のテキストとの差分です。</translation>
    </message>
    <message>
        <source>The file was saved.</source>
        <translation>ファイルを保存しました。</translation>
    </message>
</context>
<context>
    <name>fb::FilePick</name>
    <message>
        <source>Choose...</source>
        <translation>選択...</translation>
    </message>
</context>
<context>
    <name>fb::FileTailModel</name>
    <message>
        <source>--- The file was replaced; this is the new one ---</source>
        <translation>--- ファイルが置き換えられました。ここから新しいファイルです ---</translation>
    </message>
    <message>
        <source>--- The file was emptied ---</source>
        <translation>--- ファイルが空になりました ---</translation>
    </message>
    <message>
        <source>--- The file no longer exists ---</source>
        <translation>--- ファイルがなくなりました ---</translation>
    </message>
    <message numerus="yes">
        <source>--- %n line(s) dropped: they arrive too fast ---</source>
        <translation>
            <numerusform>--- 速すぎるため %n 行を省略しました ---</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FileTransfer</name>
    <message>
        <source>it is not a file with content</source>
        <translation>内容を持つファイルではありません</translation>
    </message>
    <message>
        <source>it became shorter meanwhile</source>
        <translation>転送中にファイルが短くなりました</translation>
    </message>
    <message>
        <source>it cannot be written</source>
        <translation>書き込めません</translation>
    </message>
</context>
<context>
    <name>fb::FilesTab</name>
    <message>
        <source>The folder above (Alt+Up)</source>
        <translation>上のフォルダ (Alt+Up)</translation>
    </message>
    <message>
        <source>Refresh (F5)</source>
        <translation>再読み込み (F5)</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>アクション</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>アップロード</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>さらに表示</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Files of this node</source>
        <translation>このノードのファイル</translation>
    </message>
    <message>
        <source>Filter: type a word, or user=root</source>
        <translation>フィルター: 語句、または user=root</translation>
    </message>
    <message>
        <source>Reading the folder...</source>
        <translation>フォルダを読み取っています...</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>The node is not connected, so its files cannot be read. Refresh when it is back.</source>
        <translation>ノードが接続されていないため、ファイルを読み取れません。接続が戻ったら再読み込みしてください。</translation>
    </message>
    <message>
        <source>The folder could not be read: %1</source>
        <translation>フォルダを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>The folder could not be read.</source>
        <translation>フォルダを読み取れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n counted</source>
        <translation>
            <numerusform>%n 件を集計</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n 件を削除</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <translation>
            <numerusform>%n 件を移動</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copied</source>
        <translation>
            <numerusform>%n 件をコピー</numerusform>
        </translation>
    </message>
    <message>
        <source>Not connected. As of %1.</source>
        <translation>未接続。%1 時点の情報です。</translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %n entries</source>
        <translation>
            <numerusform>%n 件中の先頭 %1 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>非表示 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>空き %1</translation>
    </message>
    <message>
        <source>The node is not connected.</source>
        <translation>ノードが接続されていません。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Download...</source>
        <translation>ダウンロード...</translation>
    </message>
    <message>
        <source>New folder...</source>
        <translation>新しいフォルダ...</translation>
    </message>
    <message>
        <source>New file...</source>
        <translation>新しいファイル...</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>名前を変更...</translation>
    </message>
    <message>
        <source>Permissions...</source>
        <translation>アクセス権...</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Show hidden files</source>
        <translation>隠しファイルを表示</translation>
    </message>
    <message>
        <source>Delete...</source>
        <translation>削除...</translation>
    </message>
    <message>
        <source>Discard your changes?</source>
        <translation>変更を破棄しますか?</translation>
    </message>
    <message>
        <source>The text that is being edited was not saved.</source>
        <translation>編集中のテキストは保存されていません。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 の名前を変更</translation>
    </message>
    <message>
        <source>New folder in %1</source>
        <translation>%1 に新しいフォルダ</translation>
    </message>
    <message>
        <source>New file in %1</source>
        <translation>%1 に新しいファイル</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>作成</translation>
    </message>
    <message>
        <source>Delete %1 on %2?</source>
        <translation>%2 の %1 を削除しますか?</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries on %1?</source>
        <translation>
            <numerusform>%1 の %n 件を削除しますか?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) and folders, %1 in all. This cannot be undone. Links are deleted, not what they point to; other file systems are not touched.</source>
        <translation>
            <numerusform>ファイルとフォルダ %n 件、合計 %1。元に戻せません。リンクはリンク自体だけを削除し、ほかのファイルシステムには触れません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>SHA-256 of %1</source>
        <translation>%1 の SHA-256</translation>
    </message>
    <message>
        <source>%1 was not created.</source>
        <translation>%1 を作成できませんでした。</translation>
    </message>
    <message>
        <source>%1 was not renamed.</source>
        <translation>%1 の名前を変更できませんでした。</translation>
    </message>
    <message>
        <source>%1 could not be read.</source>
        <translation>%1 を読み取れませんでした。</translation>
    </message>
    <message>
        <source>%1 was not changed.</source>
        <translation>%1 を変更できませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n file(s) and folders</source>
        <translation>
            <numerusform>ファイルとフォルダ %n 件を削除しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %n file(s) and folders</source>
        <translation>
            <numerusform>ファイルとフォルダ %n 件を移動しました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %n file(s) and folders</source>
        <translation>
            <numerusform>ファイルとフォルダ %n 件をコピーしました</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, then it stopped early.</source>
        <translation>%1。その後、中断されました。</translation>
    </message>
    <message numerus="yes">
        <source>%1; %n failed.</source>
        <translation>
            <numerusform>%1。%n 件は失敗しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, then it was cancelled.</source>
        <translation>%1。その後、キャンセルされました。</translation>
    </message>
    <message numerus="yes">
        <source>%1; %n skipped.</source>
        <translation>
            <numerusform>%1。%n 件はスキップしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Upload to %1</source>
        <translation>%1 へアップロード</translation>
    </message>
    <message numerus="yes">
        <source>Replace %n file(s) on %1?</source>
        <translation>
            <numerusform>%1 の %n 件のファイルを置き換えますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>They already exist. Each keeps its owner and permissions; its content is replaced once the new file has arrived completely.</source>
        <translation>すでにあるファイルです。所有者とアクセス権は保たれますが、新しいファイルがすべて届いた時点で元の内容は失われます。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>置き換え</translation>
    </message>
    <message>
        <source>Download %1</source>
        <translation>%1 をダウンロード</translation>
    </message>
</context>
<context>
    <name>fb::FilterLine</name>
    <message>
        <source>Filter</source>
        <translation>フィルター</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 件中 %1 件</translation>
    </message>
    <message>
        <source>Words narrow the table to the rows that contain all of them. A property, an operator and a value become a token with Enter: = equals, ~ contains, &lt; and &gt; compare; values separated by commas are alternatives.
Left moves into the tokens, Enter edits one, Esc leaves it unchanged, Backspace removes the last.</source>
        <translation>語句を入力すると、すべてを含む行に絞り込みます。プロパティ、演算子、値は Enter でトークンになります。= は一致、~ は含む、&lt; と &gt; は比較、コンマ区切りの値はいずれかに一致です。
左矢印でトークンへ移動、Enter で編集、Esc で元に戻す、Backspace で最後のトークンを削除します。</translation>
    </message>
</context>
<context>
    <name>fb::FilterSuggest</name>
    <message>
        <source>Filter by one of: %1</source>
        <translation>使用できるプロパティ: %1</translation>
    </message>
    <message>
        <source>A value is missing after %1.</source>
        <translation>%1 の後に値がありません。</translation>
    </message>
    <message>
        <source>5 min ago</source>
        <translation>5 分前</translation>
    </message>
    <message>
        <source>1 h ago</source>
        <translation>1 時間前</translation>
    </message>
    <message>
        <source>1 day ago</source>
        <translation>1 日前</translation>
    </message>
    <message>
        <source>7 days ago</source>
        <translation>7 日前</translation>
    </message>
</context>
<context>
    <name>fb::FilterSuggestions</name>
    <message>
        <source>Suggestions</source>
        <translation>候補</translation>
    </message>
</context>
<context>
    <name>fb::FilterTest</name>
    <message>
        <source>%1 cannot be compared by order. Use = != ~ or !~.</source>
        <translation>%1 は大小を比較できません。=、!=、~、!~ を使ってください。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not understood. Enter it like this: %2</source>
        <extracomment>%1: what was typed, %2: an example</extracomment>
        <translation>「%1」を解釈できません。例: %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time. Enter 5 min ago, in 3 days, 2026-11-20 or 2026-11-20 08:30.</source>
        <translation>「%1」は時刻として解釈できません。5 分前、3 日後、2026-11-20、2026-11-20 08:30 のように入力してください。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a day. Enter 2026-11-20, or use &lt; and &gt;.</source>
        <translation>「%1」は日付ではありません。2026-11-20 のように入力するか、&lt; または &gt; を使ってください。</translation>
    </message>
</context>
<context>
    <name>fb::FirstAdministratorSheet</name>
    <message>
        <source>Make the first administrator</source>
        <translation>最初の管理者の作成</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>What you sign in with, and what the audit log shows.</source>
        <translation>サインインに使い、監査ログに表示される名前です。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>At least %1 characters. A few words that belong to nobody else.</source>
        <translation>%1 文字以上。ほかの人が使わない言葉をいくつか組み合わせてください。</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>パスワード (確認)</translation>
    </message>
    <message>
        <source>Make administrator</source>
        <translation>管理者を作成</translation>
    </message>
    <message>
        <source>Until now whoever opens this console on this machine is its administrator. With an administrator who has a password, the console asks who you are: each person works under a name and role of their own, and an unattended console locks.</source>
        <translation>これまでは、このマシンでコンソールを開いた人がそのまま管理者になります。パスワードを持つ管理者を作成すると、コンソールはサインインを求めるようになります。各自が自分の名前とロールで作業し、人のいないコンソールはロックされます。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Enter 1 to 64 letters, digits or + = , . @ _ -</source>
        <translation>英数字または + = , . @ _ - を 1～64 文字で入力してください</translation>
    </message>
    <message>
        <source>The passwords do not match.</source>
        <translation>パスワードが一致しません。</translation>
    </message>
    <message>
        <source>The administrator was not made.</source>
        <translation>管理者は作成されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::FirstRun</name>
    <message>
        <source>Bring your first node across</source>
        <translation>最初のノードを迎えましょう</translation>
    </message>
    <message>
        <source>Three steps, about two minutes. Or start a demo fleet first and look around.</source>
        <translation>3 ステップ、約 2 分で完了します。先にデモフリートを起動して試すこともできます。</translation>
    </message>
    <message>
        <source>Many nodes? A list of hosts, cloud-init or an Ansible task...</source>
        <translation>ノードが多い場合: ホスト一覧、cloud-init、Ansible タスク...</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>初回セットアップ</translation>
    </message>
</context>
<context>
    <name>fb::FirstSteps</name>
    <message>
        <source>Create the store</source>
        <translation>ストアを作成</translation>
    </message>
    <message>
        <source>Enrol a node</source>
        <translation>ノードを登録</translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation>コマンドを実行</translation>
    </message>
    <message>
        <source>Back up the master key</source>
        <translation>マスターキーをバックアップ</translation>
    </message>
    <message>
        <source>Add an administrator</source>
        <translation>管理者を追加</translation>
    </message>
</context>
<context>
    <name>fb::FirstStepsCard</name>
    <message>
        <source>Hide the list</source>
        <translation>一覧を閉じる</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>はじめの手順</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>to do</source>
        <translation>未完了</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Start: %1</source>
        <translation>開始: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>fb::FirstStepsStrip</name>
    <message>
        <source>Hide the list</source>
        <translation>一覧を閉じる</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>はじめの手順</translation>
    </message>
</context>
<context>
    <name>fb::FleetActions</name>
    <message>
        <source>Deregister %1?</source>
        <translation>%1 を登録解除しますか?</translation>
    </message>
    <message numerus="yes">
        <source>Deregister %n node(s)?</source>
        <translation>
            <numerusform>%n 台のノードを登録解除しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>Deregister</source>
        <translation>登録解除</translation>
    </message>
    <message numerus="yes">
        <source>Deregister %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードを登録解除</numerusform>
        </translation>
    </message>
    <message>
        <source>Its certificate is revoked at once and its connection closed. Commands that wait for it become undeliverable. To come back it must be enrolled again, under another ID.</source>
        <translation>証明書は直ちに失効し、接続は切断されます。このノードを待っているコマンドは配信不能になります。再び使うには、別の ID で登録し直す必要があります。</translation>
    </message>
    <message>
        <source>Their certificates are revoked at once and their connections closed. Commands that wait for them become undeliverable. To come back they must be enrolled again, under other IDs.</source>
        <translation>証明書は直ちに失効し、接続は切断されます。これらのノードを待っているコマンドは配信不能になります。再び使うには、別の ID で登録し直す必要があります。</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 の名前を変更</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Only shown here; the machine keeps its host name. Empty shows the host name again.</source>
        <translation>ここでの表示名です。マシンのホスト名は変わりません。空にするとホスト名の表示に戻ります。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>A name must not contain &quot;/&quot; and must not be &quot;..&quot;.</source>
        <translation>名前に「/」は使えません。「..」という名前も使えません。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deregistered %1 of %n node(s).</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードを登録解除しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The node was not renamed.</source>
        <translation>ノードの名前は変更されませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>Changed the tags of %1 of %n node(s).</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードのタグを変更しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) deregistered.</source>
        <translation>
            <numerusform>%n 台のノードを登録解除しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The node was renamed.</source>
        <translation>ノードの名前を変更しました。</translation>
    </message>
    <message numerus="yes">
        <source>Changed the tags of %n node(s).</source>
        <translation>
            <numerusform>%n 台のノードのタグを変更しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Quarantine %1?</source>
        <translation>%1 を隔離しますか?</translation>
    </message>
    <message numerus="yes">
        <source>Quarantine %n node(s)?</source>
        <translation>
            <numerusform>%n 台のノードを隔離しますか?</numerusform>
        </translation>
    </message>
    <message>
        <source>No command, session or tool reaches it until it is released. It stays registered and connected; what is already running there keeps running.</source>
        <translation>解除するまで、コマンド、セッション、ツールは届きません。登録と接続は維持され、実行中のものは続きます。</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>隔離</translation>
    </message>
    <message numerus="yes">
        <source>Quarantine %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードを隔離</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Quarantined %1 of %n node(s).</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードを隔離しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Released %1 of %n node(s).</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードの隔離を解除しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) quarantined.</source>
        <translation>
            <numerusform>%n 台のノードを隔離しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) released.</source>
        <translation>
            <numerusform>%n 台のノードの隔離を解除しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>%1 のプロファイル</translation>
    </message>
    <message numerus="yes">
        <source>Profile of %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードのプロファイル</numerusform>
        </translation>
    </message>
    <message>
        <source>Node profile</source>
        <translation>ノードプロファイル</translation>
    </message>
    <message>
        <source>What a node may do and how its agent works. Online nodes apply it within a minute, the others when they connect.</source>
        <translation>ノードに許される操作とエージェントの動作です。オンラインのノードには 1 分以内に、その他のノードには接続時に適用されます。</translation>
    </message>
    <message>
        <source>Change the profile</source>
        <translation>プロファイルを変更</translation>
    </message>
    <message numerus="yes">
        <source>Change %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードを変更</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed the profile of %1 of %n node(s).</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードのプロファイルを変更しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed the profile of %n node(s).</source>
        <translation>
            <numerusform>%n 台のノードのプロファイルを変更しました。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetCaPage</name>
    <message>
        <source>Fleet CA</source>
        <translation>フリート CA</translation>
    </message>
    <message>
        <source>Nodes behind</source>
        <translation>準備ができていないノード</translation>
    </message>
    <message>
        <source>Filter: type a word, or link=connected</source>
        <translation>フィルター: 語句、または link=connected を入力</translation>
    </message>
    <message>
        <source>No node is behind. The CA signs the certificates by which nodes and engines know each other. While a new one takes its place, the nodes that are not ready for the next step are listed here.</source>
        <translation>準備ができていないノードはありません。CA は、ノードとエンジンが互いを確認するための証明書に署名します。新しい CA への切り替え中は、次の手順の準備ができていないノードがここに表示されます。</translation>
    </message>
    <message>
        <source>The fleet&apos;s CA could not be read.</source>
        <translation>フリートの CA を読み取れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) behind</source>
        <translation>
            <numerusform>準備ができていないノード %n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the node</source>
        <translation>ノードを表示</translation>
    </message>
    <message>
        <source>Begin a roll-over...</source>
        <translation>切り替えを開始...</translation>
    </message>
    <message>
        <source>Issue from the next CA...</source>
        <translation>次の CA で発行...</translation>
    </message>
    <message>
        <source>Retire the present CA...</source>
        <translation>現在の CA を廃止...</translation>
    </message>
    <message>
        <source>Begin a roll-over of the fleet&apos;s CA?</source>
        <translation>フリートの CA の切り替えを開始しますか?</translation>
    </message>
    <message>
        <source>The engine makes the next CA and tells every node of it. Certificates come from the present CA until you take the next step.</source>
        <translation>エンジンが次の CA を作成し、すべてのノードに通知します。次の手順に進むまで、証明書は現在の CA が発行します。</translation>
    </message>
    <message>
        <source>Begin the roll-over</source>
        <extracomment>verb, on the button</extracomment>
        <translation>切り替えを開始</translation>
    </message>
    <message>
        <source>The roll-over was begun.</source>
        <translation>切り替えを開始しました。</translation>
    </message>
    <message>
        <source>Nodes confirm the next CA now, or when they connect again.</source>
        <translation>ノードは今すぐ、または次に接続したときに、次の CA を確認します。</translation>
    </message>
    <message>
        <source>The roll-over was not begun.</source>
        <translation>切り替えを開始できませんでした。</translation>
    </message>
    <message>
        <source>Every node is asked to renew its certificate, spread over time.</source>
        <translation>すべてのノードに、時間を分散して証明書の更新を要求します。</translation>
    </message>
    <message numerus="yes">
        <source>Every node is asked to renew its certificate, spread over time. %n connected node(s) have not confirmed the next CA; they keep working until the present CA is retired.</source>
        <translation>
            <numerusform>すべてのノードに、時間を分散して証明書の更新を要求します。接続中のノード %n 台がまだ次の CA を確認していませんが、現在の CA を廃止するまでは引き続き動作します。</numerusform>
        </translation>
    </message>
    <message>
        <source>Issue certificates from the next CA?</source>
        <translation>次の CA で証明書を発行しますか?</translation>
    </message>
    <message>
        <source>Issue from the next CA</source>
        <extracomment>verb, on the button</extracomment>
        <translation>次の CA で発行</translation>
    </message>
    <message>
        <source>Certificates come from the next CA.</source>
        <translation>証明書は次の CA が発行します。</translation>
    </message>
    <message>
        <source>Nodes renew theirs now, or when they connect again.</source>
        <translation>ノードは今すぐ、または次に接続したときに、証明書を更新します。</translation>
    </message>
    <message>
        <source>Certificates do not come from the next CA yet.</source>
        <translation>証明書はまだ次の CA から発行されません。</translation>
    </message>
    <message>
        <source>Every node has a certificate of the next CA. The key of the present CA is destroyed, and install commands made before the roll-over no longer work.</source>
        <translation>すべてのノードが次の CA の証明書を持っています。現在の CA の鍵は破棄され、切り替えの前に作成したインストールコマンドは使えなくなります。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) have no certificate of the next CA: they are cut off and have to be registered anew. The key of the present CA is destroyed, and install commands made before the roll-over no longer work.</source>
        <translation>
            <numerusform>ノード %n 台が次の CA の証明書を持っていません。これらは切断され、登録し直す必要があります。現在の CA の鍵は破棄され、切り替えの前に作成したインストールコマンドは使えなくなります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Retire the present CA?</source>
        <translation>現在の CA を廃止しますか?</translation>
    </message>
    <message>
        <source>Retire the CA</source>
        <extracomment>verb, on the button</extracomment>
        <translation>CA を廃止</translation>
    </message>
    <message numerus="yes">
        <source>Retire the CA and cut off %n node(s)</source>
        <translation>
            <numerusform>CA を廃止して %n 台を切断</numerusform>
        </translation>
    </message>
    <message>
        <source>The earlier CA was retired.</source>
        <translation>以前の CA を廃止しました。</translation>
    </message>
    <message>
        <source>Make new install commands for machines that are to join.</source>
        <translation>これから参加するマシンには、新しいインストールコマンドを作成してください。</translation>
    </message>
    <message>
        <source>The present CA was not retired.</source>
        <translation>現在の CA を廃止できませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::FleetNotices</name>
    <message numerus="yes">
        <source>%n node(s) lost the connection</source>
        <translation>
            <numerusform>%n 台のノードの接続が切れました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) went into quarantine</source>
        <translation>
            <numerusform>%n 台のノードが隔離されました</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) enrolled</source>
        <translation>
            <numerusform>%n 台のノードが登録されました</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
</context>
<context>
    <name>fb::FleetPage</name>
    <message>
        <source>Enrol a node</source>
        <translation>ノードを登録</translation>
    </message>
    <message>
        <source>Show or hide details (Ctrl+D)</source>
        <translation>詳細の表示/非表示 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>フリート</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Show only these nodes</source>
        <translation>これらのノードだけを表示</translation>
    </message>
    <message>
        <source>Filter: type a word, or tag:env=prod</source>
        <translation>フィルター: 語句、または tag:env=prod</translation>
    </message>
    <message>
        <source>No nodes yet</source>
        <translation>ノードはまだありません</translation>
    </message>
    <message numerus="yes">
        <source>Run on %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードで実行</numerusform>
        </translation>
    </message>
    <message>
        <source>Run a document</source>
        <translation>ドキュメントを実行</translation>
    </message>
    <message>
        <source>Demo fleet</source>
        <translation>デモフリート</translation>
    </message>
    <message>
        <source>Six real agents are running on this machine under your own user account.</source>
        <translation>このマシン上で 6 つの本物のエージェントがあなたのユーザー権限で動作しています。</translation>
    </message>
    <message>
        <source>Stop and remove</source>
        <translation>停止して削除</translation>
    </message>
    <message>
        <source>The demo fleet has a problem.</source>
        <translation>デモフリートに問題があります。</translation>
    </message>
    <message>
        <source>Its agents are not running.</source>
        <translation>エージェントは動作していません。</translation>
    </message>
    <message>
        <source>Start demo fleet</source>
        <translation>デモフリートを起動</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>アクション</translation>
    </message>
    <message>
        <source>Open the node&apos;s page</source>
        <translation>ノードのページを開く</translation>
    </message>
    <message>
        <source>Change tags...</source>
        <translation>タグを変更...</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>名前を変更...</translation>
    </message>
    <message>
        <source>Copy node IDs</source>
        <translation>ノード ID をコピー</translation>
    </message>
    <message>
        <source>Deregister...</source>
        <translation>登録解除...</translation>
    </message>
    <message>
        <source>Expiring certificates</source>
        <translation>期限間近の証明書</translation>
    </message>
    <message>
        <source>Show only nodes whose certificate expires within 7 days</source>
        <translation>証明書が 7 日以内に切れるノードだけを表示</translation>
    </message>
    <message>
        <source>Set up without a desktop</source>
        <translation>デスクトップなしでセットアップ</translation>
    </message>
    <message>
        <source>Reading the fleet...</source>
        <translation>フリートを読み込んでいます...</translation>
    </message>
    <message numerus="yes">
        <source>%Ln managed node(s)</source>
        <translation>
            <numerusform>マネージドノード %Ln 台</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s) so far</source>
        <translation>
            <numerusform>現在 %Ln 台まで読み込み済み</numerusform>
        </translation>
    </message>
    <message>
        <source>The fleet could not be read. Trying again.</source>
        <translation>フリートを読み込めませんでした。再試行しています。</translation>
    </message>
    <message>
        <source>Start a session...</source>
        <translation>セッションを開始...</translation>
    </message>
    <message>
        <source>Its nodes are deregistered and its agents are stopped.</source>
        <translation>ノードの登録を解除し、エージェントを終了しています。</translation>
    </message>
    <message>
        <source>Quarantine...</source>
        <translation>隔離...</translation>
    </message>
    <message>
        <source>Release from quarantine</source>
        <translation>隔離を解除</translation>
    </message>
    <message>
        <source>Re-enrol...</source>
        <translation>再登録...</translation>
    </message>
    <message>
        <source>Change profile...</source>
        <translation>プロファイルの変更...</translation>
    </message>
    <message>
        <source>Journal...</source>
        <translation>ジャーナル...</translation>
    </message>
</context>
<context>
    <name>fb::FleetSettingTable</name>
    <message>
        <source>Customized</source>
        <extracomment>a setting is as an operator has set it, or as it came</extracomment>
        <translation>カスタマイズ済み</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>デフォルト</translation>
    </message>
    <message>
        <source>Setting</source>
        <extracomment>column title</extracomment>
        <translation>設定</translation>
    </message>
    <message>
        <source>Value</source>
        <extracomment>column title</extracomment>
        <translation>値</translation>
    </message>
    <message>
        <source>Status</source>
        <extracomment>column title: whether a setting is at its default</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>About</source>
        <extracomment>column title: what a setting is about, &quot;Nodes&quot;, &quot;Sessions&quot;</extracomment>
        <translation>分野</translation>
    </message>
    <message>
        <source>Changed by</source>
        <extracomment>column title: who changed a setting last</extracomment>
        <translation>変更者</translation>
    </message>
    <message>
        <source>Changed</source>
        <extracomment>column title: when a setting was changed last</extracomment>
        <translation>変更日時</translation>
    </message>
    <message>
        <source>AWS ID</source>
        <extracomment>column title: a setting&apos;s id in AWS&apos;s words</extracomment>
        <translation>AWS ID</translation>
    </message>
    <message>
        <source>What it does</source>
        <extracomment>label of a sentence that tells what a setting does</extracomment>
        <translation>内容</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>効果</translation>
    </message>
    <message>
        <source>No effect: it is stored for programs that use the AWS API, and nothing here uses it.</source>
        <translation>まだありません。AWS 向けのプログラムのために保存されるだけで、Flagbridge の動作には影響しません。</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>Free now</source>
        <translation>現在の空き</translation>
    </message>
    <message>
        <source>Used now</source>
        <translation>現在の使用量</translation>
    </message>
</context>
<context>
    <name>fb::FleetSettingWords</name>
    <message>
        <source>Profile of new nodes</source>
        <translation>新しいノードのプロファイル</translation>
    </message>
    <message>
        <source>The node profile of nodes that join with an activation of the profile Default. Activations with another profile keep their own.</source>
        <translation>プロファイル Default のアクティベーションで登録されたノードに割り当てるノードプロファイルです。別のプロファイルを指定したアクティベーションでは、そのプロファイルが使われます。</translation>
    </message>
    <message>
        <source>Hardware that must match</source>
        <translation>登録時と一致すべきハードウェア</translation>
    </message>
    <message>
        <source>How many of a node&apos;s nine hardware values must still match. A node with fewer matches is listed under Possible clones as one whose hardware changed.</source>
        <translation>ノードのハードウェアを表す 9 つの値のうち、登録時と一致すべき割合です。これを下回るノードは、ハードウェアが変わったものとして「複製の疑い」に表示されます。</translation>
    </message>
    <message>
        <source>Refuse nodes whose hardware changed</source>
        <translation>ハードウェアが変わったノードを拒否</translation>
    </message>
    <message>
        <source>A node whose hardware changed is refused like another machine until an operator accepts it. When off, it is accepted and listed.</source>
        <translation>ハードウェアが変わったノードを、オペレーターが承認するまで別のマシンとして拒否します。オフの場合は接続を受け付け、一覧に表示します。</translation>
    </message>
    <message>
        <source>Node tier</source>
        <translation>ノードの階層</translation>
    </message>
    <message>
        <source>AWS bills advanced nodes. A fleet of your own has no tiers.</source>
        <translation>AWS ではアドバンスドノードに課金されます。自前のフリートに階層はありません。</translation>
    </message>
    <message>
        <source>Sessions need a reason</source>
        <translation>セッションに理由を必須にする</translation>
    </message>
    <message>
        <source>A session starts only with a reason, which stays in its history and in the audit log.</source>
        <translation>理由を入力しないとセッションを開始できません。理由は履歴と監査ログに残ります。</translation>
    </message>
    <message>
        <source>Addresses blocked for tunnels</source>
        <translation>トンネルで接続できないアドレス</translation>
    </message>
    <message>
        <source>Tunnels through a node cannot reach these addresses and networks. Every agent also refuses the cloud provider&apos;s own addresses.</source>
        <translation>ノードを経由するトンネルは、これらのアドレスとネットワークに接続できません。クラウド自身のアドレスは、どのエージェントも常に拒否します。</translation>
    </message>
    <message>
        <source>Public sharing of documents</source>
        <translation>ドキュメントの全体共有</translation>
    </message>
    <message>
        <source>Whether a document may be shared with all accounts at once. Documents that are already shared this way stay shared.</source>
        <translation>ドキュメントをすべてのアカウントと共有できるかどうかです。すでに全体共有されているドキュメントは、共有されたままです。</translation>
    </message>
    <message>
        <source>Default parameter tier</source>
        <translation>新しいパラメータの階層</translation>
    </message>
    <message>
        <source>The tier of parameters that are created without one.</source>
        <translation>階層を指定せずに作成したパラメータの階層です。</translation>
    </message>
    <message>
        <source>Denied parameters below a path</source>
        <translation>パスの下にある拒否されたパラメータ</translation>
    </message>
    <message>
        <source>Reading a whole path leaves out the parameters below it that the caller may not read. When off, they are returned too, as AWS does.</source>
        <translation>パス全体の読み取りで、呼び出し元が読み取れないパラメータを除きます。オフの場合は、AWS と同じくそれらも返します。</translation>
    </message>
    <message>
        <source>Most standard parameters</source>
        <translation>標準パラメータの上限</translation>
    </message>
    <message>
        <source>How many parameters of the Standard tier there may be. Beyond it, creating one is refused.</source>
        <translation>標準階層のパラメータをいくつまで作成できるかです。上限を超える作成は拒否されます。</translation>
    </message>
    <message>
        <source>Most advanced parameters</source>
        <translation>アドバンストパラメータの上限</translation>
    </message>
    <message>
        <source>How many parameters of the Advanced tier there may be. Beyond it, creating one is refused.</source>
        <translation>アドバンスト階層のパラメータをいくつまで作成できるかです。上限を超える作成は拒否されます。</translation>
    </message>
    <message>
        <source>Parameter throughput</source>
        <translation>パラメータの高スループット</translation>
    </message>
    <message>
        <source>On AWS this raises the request rate for a fee. Nothing is throttled here.</source>
        <translation>AWS では追加料金で 1 秒あたりのリクエスト数が増えます。Flagbridge に制限はありません。</translation>
    </message>
    <message>
        <source>OpsCenter insights</source>
        <translation>OpsCenter のインサイト</translation>
    </message>
    <message>
        <source>Whether OpsCenter looks for many OpsItems of one kind.</source>
        <translation>OpsCenter が同じ種類の OpsItem の多発を調べるかどうかです。</translation>
    </message>
    <message>
        <source>Application Manager</source>
        <translation>Application Manager</translation>
    </message>
    <message>
        <source>Whether Application Manager is in use.</source>
        <translation>Application Manager を使うかどうかです。</translation>
    </message>
    <message>
        <source>Log destination of automation scripts</source>
        <translation>スクリプトのログの送信先</translation>
    </message>
    <message>
        <source>Where the output of aws:executeScript steps goes: CloudWatch with AWS.</source>
        <translation>aws:executeScript ステップの出力の送信先です。AWS では CloudWatch です。</translation>
    </message>
    <message>
        <source>Log group of automation scripts</source>
        <translation>スクリプトのロググループ</translation>
    </message>
    <message>
        <source>The name of the log group that the output of aws:executeScript steps goes to.</source>
        <translation>aws:executeScript ステップの出力を送るロググループの名前です。</translation>
    </message>
    <message>
        <source>Adaptive concurrency of automations</source>
        <translation>同時実行数の自動調整</translation>
    </message>
    <message>
        <source>AWS raises the number of automations that run at once while many wait.</source>
        <translation>AWS では、待機中のオートメーションが多いときに同時実行数が増えます。</translation>
    </message>
    <message>
        <source>A setting that this console does not know.</source>
        <translation>このコンソールが認識しない設定です。</translation>
    </message>
    <message>
        <source>Nodes</source>
        <extracomment>what a setting is about</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Sessions</source>
        <extracomment>what a setting is about</extracomment>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Documents</source>
        <extracomment>what a setting is about</extracomment>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Parameters</source>
        <extracomment>what a setting is about</extracomment>
        <translation>パラメータ</translation>
    </message>
    <message>
        <source>Operations</source>
        <extracomment>what a setting is about</extracomment>
        <translation>運用</translation>
    </message>
    <message>
        <source>Applications</source>
        <extracomment>what a setting is about</extracomment>
        <translation>アプリケーション</translation>
    </message>
    <message>
        <source>Automation</source>
        <extracomment>what a setting is about</extracomment>
        <translation>オートメーション</translation>
    </message>
    <message>
        <source>Other</source>
        <extracomment>what a setting is about: something else</extracomment>
        <translation>その他</translation>
    </message>
    <message>
        <source>on</source>
        <extracomment>of a switch</extracomment>
        <translation>オン</translation>
    </message>
    <message>
        <source>off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>none</source>
        <extracomment>no addresses
----------
nothing is set</extracomment>
        <translation>なし</translation>
    </message>
    <message>
        <source>the activation&apos;s own</source>
        <extracomment>no profile</extracomment>
        <translation>アクティベーションのもの</translation>
    </message>
    <message>
        <source>allowed</source>
        <extracomment>something may be done</extracomment>
        <translation>許可</translation>
    </message>
    <message>
        <source>not allowed</source>
        <extracomment>something may not be done</extracomment>
        <translation>禁止</translation>
    </message>
    <message>
        <source>Longest remote desktop</source>
        <translation>リモートデスクトップの最長時間</translation>
    </message>
    <message>
        <source>A remote desktop ends after this time unless its operator renews it. An open one keeps its time until it is renewed.</source>
        <translation>オペレーターが延長しなければ、リモートデスクトップはこの時間で終了します。開いているものは、延長されるまで開いたときの時間のままです。</translation>
    </message>
    <message>
        <source>Idle time of a remote desktop</source>
        <translation>リモートデスクトップの無操作時間</translation>
    </message>
    <message>
        <source>A remote desktop that is idle for this long ends, so that no screen stays open unattended.</source>
        <translation>この時間何も操作されないリモートデスクトップは終了します。画面が開いたまま放置されることを防ぎます。</translation>
    </message>
    <message>
        <source>Remote desktops at once</source>
        <translation>同時に開くリモートデスクトップ</translation>
    </message>
    <message>
        <source>How many remote desktops one console may have open. Four of them are shown side by side; others open in their own windows.</source>
        <translation>1 つのコンソールで同時に開けるリモートデスクトップの数です。4 つまでは並べて表示され、ほかは別のウィンドウになります。</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>S3 server of attachments</source>
        <translation>添付ファイルの S3 サーバー</translation>
    </message>
    <message>
        <source>Where attachments of documents with the address s3://... are fetched from: https://host or https://host:port of an S3-compatible server.</source>
        <translation>アドレスが s3://... のドキュメント添付ファイルの取得元です。S3 互換サーバーを https://ホスト または https://ホスト:ポート で指定します。</translation>
    </message>
    <message>
        <source>Region of the S3 server</source>
        <translation>S3 サーバーのリージョン</translation>
    </message>
    <message>
        <source>The region that requests to the S3 server are signed for. Many servers of your own take us-east-1.</source>
        <translation>S3 サーバーへのリクエストの署名に使うリージョンです。自前のサーバーの多くは us-east-1 で動作します。</translation>
    </message>
    <message>
        <source>Access key of the S3 server</source>
        <translation>S3 サーバーのアクセスキー</translation>
    </message>
    <message>
        <source>The access key ID that the engine signs its requests to the S3 server with. Without one they are not signed.</source>
        <translation>エンジンが S3 サーバーへのリクエストに署名するときのアクセスキー ID です。ない場合は署名しません。</translation>
    </message>
    <message>
        <source>Secret key of the S3 server</source>
        <translation>S3 サーバーのシークレットキー</translation>
    </message>
    <message>
        <source>The secret access key that belongs to the access key. It is kept encrypted and shown to nobody.</source>
        <translation>アクセスキーに対応するシークレットアクセスキーです。暗号化して保管され、だれにも表示されません。</translation>
    </message>
    <message>
        <source>set, not shown</source>
        <extracomment>of a secret: there is one, but it is not shown</extracomment>
        <translation>設定済み (非表示)</translation>
    </message>
    <message>
        <source>Room for all artifacts</source>
        <translation>アーティファクト全体の容量</translation>
    </message>
    <message>
        <source>How much outputs, recordings, files of documents and agent builds may take together. Beyond it the oldest outputs are removed; commands still run.</source>
        <translation>出力、記録、ドキュメントのファイル、エージェントのビルドを合わせて使える容量です。超えると古い出力から削除されます。コマンドは引き続き実行されます。</translation>
    </message>
    <message>
        <source>Room for outputs</source>
        <translation>出力の容量</translation>
    </message>
    <message>
        <source>How much the outputs of commands may take beyond the first 8 KiB of each. Beyond it the oldest are removed until a tenth is free.</source>
        <translation>コマンドの出力が、それぞれの先頭 8 KiB を除いて使える容量です。超えると、1 割が空くまで古いものから削除されます。</translation>
    </message>
    <message>
        <source>Room for recordings</source>
        <translation>記録の容量</translation>
    </message>
    <message>
        <source>How much recordings of sessions may take. Beyond it operators are warned, and the oldest are removed only where that is allowed.</source>
        <translation>セッションの記録が使える容量です。超えるとオペレーターに警告し、許可されている場合に限り古いものから削除します。</translation>
    </message>
    <message>
        <source>Remove recordings to free space</source>
        <translation>空き容量を確保するために記録を削除</translation>
    </message>
    <message>
        <source>Recordings are evidence. When on, the oldest are removed once outputs can give no more room. When off, they stay until their time is over.</source>
        <translation>記録は証跡です。オンにすると、出力を削除しても容量が足りないときに古い記録から削除します。オフの場合は保存期間が終わるまで残ります。</translation>
    </message>
    <message>
        <source>Room for files of documents</source>
        <translation>ドキュメントのファイルの容量</translation>
    </message>
    <message>
        <source>How much attachments and files in artifact folders may take. Beyond it new ones are refused; none is ever removed to make room.</source>
        <translation>添付ファイルとアーティファクトフォルダーのファイルが使える容量です。超えると新しいファイルは拒否されます。容量を空けるために削除されることはありません。</translation>
    </message>
    <message>
        <source>Room for agent builds</source>
        <translation>エージェントのビルドの容量</translation>
    </message>
    <message>
        <source>How much builds of the agent may take. Beyond it new ones are refused; none is ever removed to make room.</source>
        <translation>エージェントのビルドが使える容量です。超えると新しいビルドは拒否されます。容量を空けるために削除されることはありません。</translation>
    </message>
    <message>
        <source>Least free space of the disk</source>
        <translation>ディスクの最小空き容量</translation>
    </message>
    <message>
        <source>When the disk of the artifacts has less than this, the oldest outputs are removed, whatever they take. A store in PostgreSQL knows of no disk.</source>
        <translation>アーティファクトのディスクの空きがこれを下回ると、使用量にかかわらず古い出力から削除されます。PostgreSQL のストアではディスクは対象になりません。</translation>
    </message>
    <message>
        <source>Storage</source>
        <extracomment>what a setting is about: the room that outputs, recordings and files take</extracomment>
        <translation>ストレージ</translation>
    </message>
    <message>
        <source>Lock consoles after</source>
        <translation>コンソールをロックするまでの時間</translation>
    </message>
    <message>
        <source>A console that nobody has touched for this long locks and asks for the password. What runs goes on. Consoles lock only once operators sign in.</source>
        <translation>この時間操作のなかったコンソールはロックされ、パスワードを求めます。実行中の処理は続きます。ロックされるのは、オペレーターがサインインするようになってからです。</translation>
    </message>
    <message>
        <source>Console</source>
        <extracomment>what a setting is about</extracomment>
        <translation>コンソール</translation>
    </message>
</context>
<context>
    <name>fb::FleetSettingsPage</name>
    <message>
        <source>Turn off</source>
        <translation>オフにする</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>オンにする</translation>
    </message>
    <message>
        <source>Change...</source>
        <translation>変更...</translation>
    </message>
    <message>
        <source>Reset to default...</source>
        <translation>デフォルトに戻す...</translation>
    </message>
    <message>
        <source>It already has its default value.</source>
        <translation>すでにデフォルト値です。</translation>
    </message>
    <message>
        <source>Fleet settings</source>
        <translation>フリート設定</translation>
    </message>
    <message>
        <source>Filter: type a word, or status=customized</source>
        <translation>フィルター: 語句、または status=customized</translation>
    </message>
    <message>
        <source>The engine has no settings.</source>
        <translation>エンジンに設定がありません。</translation>
    </message>
    <message>
        <source>The fleet settings could not be read.</source>
        <translation>フリート設定を読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) of the whole fleet, for every operator</source>
        <translation>
            <numerusform>フリート全体の設定 %n 件、全オペレーター共通</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: changed.</source>
        <translation>%1: 変更しました。</translation>
    </message>
    <message>
        <source>%1: turned on.</source>
        <translation>%1: オンにしました。</translation>
    </message>
    <message>
        <source>%1: turned off.</source>
        <translation>%1: オフにしました。</translation>
    </message>
    <message>
        <source>%1: not changed.</source>
        <translation>%1: 変更されませんでした。</translation>
    </message>
    <message>
        <source>Reset &quot;%1&quot; to its default?</source>
        <translation>「%1」をデフォルトに戻しますか?</translation>
    </message>
    <message>
        <source>It is now: %1. It becomes: %2.</source>
        <translation>現在の値: %1。変更後の値: %2。</translation>
    </message>
    <message>
        <source>Reset</source>
        <extracomment>verb, on the button</extracomment>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>%1: reset to its default.</source>
        <translation>%1: デフォルトに戻しました。</translation>
    </message>
    <message>
        <source>%1: not reset.</source>
        <translation>%1: 元に戻せませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::GroupChoiceSheet</name>
    <message>
        <source>Group</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
</context>
<context>
    <name>fb::GroupColumns</name>
    <message>
        <source>Group</source>
        <extracomment>column title: of a group of a node</extracomment>
        <translation>グループ</translation>
    </message>
    <message>
        <source>GID</source>
        <extracomment>column title: number of a group</extracomment>
        <translation>GID</translation>
    </message>
    <message>
        <source>Members</source>
        <extracomment>column title: users that are in a group</extracomment>
        <translation>メンバー</translation>
    </message>
    <message>
        <source>Primary of</source>
        <extracomment>column title: how many users have the group as their first</extracomment>
        <translation>プライマリ</translation>
    </message>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n 人のユーザー</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::HardwareTable</name>
    <message>
        <source>Machine ID</source>
        <extracomment>what a machine is known by</extracomment>
        <translation>マシン ID</translation>
    </message>
    <message>
        <source>Processors</source>
        <extracomment>what a machine is known by</extracomment>
        <translation>プロセッサ</translation>
    </message>
    <message>
        <source>Memory</source>
        <extracomment>what a machine is known by</extracomment>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>BIOS</source>
        <extracomment>what a machine is known by: its firmware</extracomment>
        <translation>BIOS</translation>
    </message>
    <message>
        <source>System</source>
        <extracomment>what a machine is known by: maker, model, serial number</extracomment>
        <translation>システム</translation>
    </message>
    <message>
        <source>Host name</source>
        <extracomment>what a machine is known by</extracomment>
        <translation>ホスト名</translation>
    </message>
    <message>
        <source>IP address</source>
        <extracomment>what a machine is known by: of its network interface</extracomment>
        <translation>IP アドレス</translation>
    </message>
    <message>
        <source>MAC address</source>
        <extracomment>what a machine is known by: of its network interface</extracomment>
        <translation>MAC アドレス</translation>
    </message>
    <message>
        <source>Disks</source>
        <extracomment>what a machine is known by</extracomment>
        <translation>ディスク</translation>
    </message>
    <message>
        <source>Another machine</source>
        <extracomment>why a node is listed: another machine has its identity</extracomment>
        <translation>別のマシン</translation>
    </message>
    <message>
        <source>Connected twice</source>
        <extracomment>why a node is listed: two machines are connected as this node</extracomment>
        <translation>二重接続</translation>
    </message>
    <message>
        <source>Hardware changed</source>
        <translation>ハードウェア変更</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Why</source>
        <extracomment>column title: why a node is listed</extracomment>
        <translation>理由</translation>
    </message>
    <message>
        <source>From</source>
        <extracomment>column title: the address that a machine dialled from</extracomment>
        <translation>接続元</translation>
    </message>
    <message>
        <source>Seen</source>
        <extracomment>column title: when the other machine was last seen</extracomment>
        <translation>検出</translation>
    </message>
    <message>
        <source>Differing</source>
        <extracomment>column title: how many of the nine hardware values differ</extracomment>
        <translation>相違</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>%1 of all the %2 hardware values differ</extracomment>
        <translation>%2 項目中 %1</translation>
    </message>
    <message>
        <source>Node ID</source>
        <extracomment>column title</extracomment>
        <translation>ノード ID</translation>
    </message>
    <message>
        <source>A machine with this node&apos;s key is not the one that was registered. It was refused, and tries again every hour.</source>
        <translation>このノードの鍵を持つマシンは、登録されたマシンではありません。接続を拒否しました。1 時間ごとに再試行されます。</translation>
    </message>
    <message>
        <source>A second machine is connected as this node. It receives nothing; the first one works as before.</source>
        <translation>2 台目のマシンがこのノードとして接続しています。2 台目には何も送られず、1 台目はこれまでどおり動作します。</translation>
    </message>
    <message>
        <source>Its machine ID is the same, but most other hardware values changed. The node is still accepted.</source>
        <translation>ID は同じマシンですが、ほかの大部分が変わっています。ノードはそのまま動作します。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>fb::HeadlessEngine</name>
    <message>
        <source>There is no %1.</source>
        <translation>%1 がありません。</translation>
    </message>
    <message>
        <source>The key in the keychain can be handed over only through a folder in memory (XDG_RUNTIME_DIR).</source>
        <translation>キーチェーンのキーは、メモリ上のフォルダ (XDG_RUNTIME_DIR) を通してのみ引き渡せます。</translation>
    </message>
</context>
<context>
    <name>fb::HeadlessSheet</name>
    <message>
        <source>Set up without a desktop</source>
        <translation>デスクトップなしでセットアップ</translation>
    </message>
    <message>
        <source>flagbridge-engine is this console&apos;s engine without a window. Its commands talk to a running engine through its data folder.</source>
        <translation>flagbridge-engine は、このコンソールのエンジンを画面なしで動かすものです。各コマンドはデータフォルダを通じて実行中のエンジンと通信します。</translation>
    </message>
    <message>
        <source>Start an engine</source>
        <translation>エンジンを起動</translation>
    </message>
    <message>
        <source>The passphrase seals the master key in the data folder. Other machines reach the engine by the advertised name.</source>
        <translation>データフォルダのマスターキーはパスフレーズで封印されます。ほかのマシンは、通知された名前でエンジンに接続します。</translation>
    </message>
    <message>
        <source>Bring a first node across</source>
        <translation>最初のノードを接続</translation>
    </message>
    <message>
        <source>Prints the command to paste on the node. The code in it is shown only once.</source>
        <translation>ノードに貼り付けるコマンドを返します。含まれるコードは一度しか表示されません。</translation>
    </message>
    <message>
        <source>Keep the store in PostgreSQL</source>
        <translation>ストアを PostgreSQL に置く</translation>
    </message>
    <message>
        <source>Once on the database server; then start the engine with its address. The password stays in ~/.pgpass.</source>
        <translation>データベースサーバーで一度だけ実行し、そのアドレスを指定してエンジンを起動します。パスワードは ~/.pgpass に置きます。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>fb::InvocationTableModel</name>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Exit</source>
        <extracomment>column title: exit code of the script</extracomment>
        <translation>終了コード</translation>
    </message>
    <message>
        <source>Started</source>
        <extracomment>column title: time of day</extracomment>
        <translation>開始</translation>
    </message>
    <message>
        <source>Duration</source>
        <extracomment>column title</extracomment>
        <translation>所要時間</translation>
    </message>
    <message>
        <source>Platform</source>
        <extracomment>column title</extracomment>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Note</source>
        <extracomment>column title</extracomment>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Output</source>
        <extracomment>column title: what a node said</extracomment>
        <translation>出力</translation>
    </message>
</context>
<context>
    <name>fb::JournalColumns</name>
    <message>
        <source>Emergency</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>緊急</translation>
    </message>
    <message>
        <source>Alert</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>警報</translation>
    </message>
    <message>
        <source>Critical</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>重大</translation>
    </message>
    <message>
        <source>Error</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>エラー</translation>
    </message>
    <message>
        <source>Warning</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>警告</translation>
    </message>
    <message>
        <source>Notice</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>通知</translation>
    </message>
    <message>
        <source>Info</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>情報</translation>
    </message>
    <message>
        <source>Debug</source>
        <extracomment>priority of a log entry</extracomment>
        <translation>デバッグ</translation>
    </message>
    <message>
        <source>Time</source>
        <extracomment>column title: when a log entry was written</extracomment>
        <translation>時刻</translation>
    </message>
    <message>
        <source>Priority</source>
        <extracomment>column title: of a log entry</extracomment>
        <translation>優先度</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title: the node that wrote it</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Program</source>
        <extracomment>column title: the program that wrote a log entry</extracomment>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>PID</source>
        <extracomment>column title: number of a process</extracomment>
        <translation>PID</translation>
    </message>
    <message>
        <source>Message</source>
        <extracomment>column title: of a log entry</extracomment>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Unit</source>
        <extracomment>column title: of systemd</extracomment>
        <translation>ユニット</translation>
    </message>
</context>
<context>
    <name>fb::JournalDetail</name>
    <message>
        <source>Copy as JSON</source>
        <translation>JSON としてコピー</translation>
    </message>
    <message>
        <source>All fields of the entry</source>
        <translation>エントリのすべてのフィールド</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>エントリ</translation>
    </message>
    <message>
        <source>%1 by the node&apos;s clock, which is %2 s off</source>
        <translation>ノードの時計では %1 (ずれ %2 秒)</translation>
    </message>
    <message>
        <source>%1: the first %2 of %3</source>
        <translation>%1: %3 のうち先頭の %2</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) left out</source>
        <translation>
            <numerusform>%n 個のフィールドを省略</numerusform>
        </translation>
    </message>
    <message>
        <source>The entry is too long to be shown whole.</source>
        <translation>エントリが長すぎるため、全体は表示されません。</translation>
    </message>
    <message>
        <source>The entry could not be read.</source>
        <translation>エントリを読み取れませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::JournalExport</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 に書き込めません: %2</translation>
    </message>
    <message>
        <source>The journal of %1 could not be read: %2</source>
        <translation>%1 のジャーナルを読み取れませんでした: %2</translation>
    </message>
</context>
<context>
    <name>fb::JournalFilterRow</name>
    <message>
        <source>Match case. When off, case matters only if the pattern has a capital letter</source>
        <translation>大文字と小文字を区別する。オフのときは、パターンに大文字がある場合だけ区別します</translation>
    </message>
    <message>
        <source>All units</source>
        <translation>すべてのユニット</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>ユニット</translation>
    </message>
    <message>
        <source>All programs</source>
        <translation>すべてのプログラム</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>クリア</translation>
    </message>
    <message>
        <source>Only entries whose message contains</source>
        <translation>メッセージに含まれる語句</translation>
    </message>
    <message>
        <source>Only messages with... (a pattern; Enter)</source>
        <translation>メッセージに含まれる語句 (パターン、Enter で検索)</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先度</translation>
    </message>
    <message>
        <source>All priorities</source>
        <translation>すべての優先度</translation>
    </message>
    <message>
        <source>%1 and worse</source>
        <translation>%1以上</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>起動</translation>
    </message>
    <message>
        <source>All boots</source>
        <translation>すべての起動</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>すべての時間</translation>
    </message>
    <message>
        <source>last 3 h, or 2026-11-20 10:00 to 12:00</source>
        <translation>過去 3 時間、または 2026-11-20 10:00 から 12:00</translation>
    </message>
    <message>
        <source>For example: last 3 h, or 2026-11-20 10:00 to 12:00</source>
        <translation>例: 過去 3 時間、または 2026-11-20 10:00 から 12:00</translation>
    </message>
    <message>
        <source>The newest boot: %1</source>
        <translation>最新の起動: %1</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a valid unit name. Enter names such as ssh or nginx.service, separated by commas; patterns are not allowed.</source>
        <translation>「%1」はユニット名ではありません。ssh や nginx.service のような名前をコンマで区切って入力してください。パターンは使えません。</translation>
    </message>
    <message numerus="yes">
        <source>Enter at most %n units or programs.</source>
        <translation>
            <numerusform>ユニットまたはプログラムは %n 個までです。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::JournalNodeColumns</name>
    <message>
        <source>Loading</source>
        <translation>読み込み中</translation>
    </message>
    <message>
        <source>%1 dropped</source>
        <translation>%1 行を破棄</translation>
    </message>
    <message>
        <source>Live. It writes more than can be shown: only the newest lines are listed.</source>
        <translation>ライブ。出力が受け取れる量を超えているため、最新の行だけを表示しています。</translation>
    </message>
    <message>
        <source>Loading older</source>
        <translation>以前の分を読み込み中</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>ライブ</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未接続</translation>
    </message>
    <message>
        <source>No journal</source>
        <translation>ジャーナルなし</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>%1 s ahead</source>
        <translation>%1 秒進み</translation>
    </message>
    <message>
        <source>%1 s behind</source>
        <translation>%1 秒遅れ</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>column title: of a node whose journal is read</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Lines</source>
        <extracomment>column title: how many lines a node told</extracomment>
        <translation>行数</translation>
    </message>
    <message>
        <source>Dropped</source>
        <extracomment>column title: how many lines were left out because they came too fast</extracomment>
        <translation>破棄</translation>
    </message>
    <message>
        <source>Clock</source>
        <extracomment>column title: how far a node&apos;s clock is off</extracomment>
        <translation>時計</translation>
    </message>
</context>
<context>
    <name>fb::JournalPage</name>
    <message>
        <source>Choose nodes in the fleet</source>
        <translation>フリートでノードを選択</translation>
    </message>
    <message>
        <source>Journals</source>
        <translation>ジャーナル</translation>
    </message>
    <message>
        <source>Nodes with a tag</source>
        <translation>タグを持つノード</translation>
    </message>
    <message numerus="yes">
        <source>No nodes are selected yet. Select some in the fleet and choose Actions &gt; Journal, or choose all nodes with a tag above. Their journals are merged into one table in time order, corrected for the nodes&apos; clocks; at most %n node(s) at once.</source>
        <translation>
            <numerusform>ノードがまだ選択されていません。フリートでノードを選択して [アクション] &gt; [ジャーナル] を選ぶか、上でタグを選んでください。ジャーナルは、ノードの時計のずれを補正し、発生した順に 1 つの表にまとめられます。一度に表示できるのは %n ノードまでです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nodes whose journals are shown</source>
        <translation>ジャーナルを表示しているノード</translation>
    </message>
    <message numerus="yes">
        <source>The journals of the first %1 of %n nodes are shown.</source>
        <translation>
            <numerusform>%n ノードのうち、最初の %1 ノードのジャーナルを表示しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>This is the limit. Choose fewer nodes to see the others.</source>
        <translation>一度に表示できる上限です。ほかのノードを見るには、選択を減らしてください。</translation>
    </message>
    <message>
        <source>Nodes with a tag...</source>
        <translation>タグでノードを選択...</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n node(s)</source>
        <translation>
            <numerusform>%1: %n ノード</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) responding</source>
        <translation>
            <numerusform>%n ノード中 %1 ノードが応答</numerusform>
        </translation>
    </message>
    <message>
        <source>Show or hide the nodes and their state (Ctrl+D)</source>
        <translation>ノードとその状態の表示を切り替え (Ctrl+D)</translation>
    </message>
</context>
<context>
    <name>fb::JournalTab</name>
    <message>
        <source>Log files of this node</source>
        <translation>このノードのログファイル</translation>
    </message>
    <message>
        <source>Filter: type a part of a name</source>
        <translation>フィルター: 名前の一部を入力</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>再読み込み</translation>
    </message>
    <message>
        <source>This node has no journal that the agent can read: %1</source>
        <translation>このノードには、エージェントが読み取れるジャーナルがありません: %1</translation>
    </message>
    <message>
        <source>it is empty.</source>
        <translation>空です。</translation>
    </message>
    <message>
        <source>There are no files below /var/log either.</source>
        <translation>/var/log の下にもファイルはありません。</translation>
    </message>
    <message>
        <source>These are files below /var/log; there are more than are shown.</source>
        <translation>/var/log の下のファイルです。表示されていないものもあります。</translation>
    </message>
    <message>
        <source>These are the files below /var/log.</source>
        <translation>/var/log の下のファイルです。</translation>
    </message>
</context>
<context>
    <name>fb::JournalView</name>
    <message>
        <source>Export</source>
        <translation>エクスポート</translation>
    </message>
    <message>
        <source>Load older</source>
        <translation>以前の分を読み込む</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Journal of these nodes</source>
        <translation>これらのノードのジャーナル</translation>
    </message>
    <message>
        <source>Journal of this node</source>
        <translation>このノードのジャーナル</translation>
    </message>
    <message>
        <source>JSON, an entry a line...</source>
        <translation>JSON (1 行に 1 エントリ)...</translation>
    </message>
    <message>
        <source>Text, an entry a line...</source>
        <translation>テキスト (1 行に 1 エントリ)...</translation>
    </message>
    <message>
        <source>Reading the journal...</source>
        <translation>ジャーナルを読み取っています...</translation>
    </message>
    <message>
        <source>The entry could not be read.</source>
        <translation>エントリを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Not connected. As of %1.</source>
        <translation>未接続です。%1 時点の内容です。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln 件のエントリ</numerusform>
        </translation>
    </message>
    <message>
        <source>older ones were discarded: %1 are kept</source>
        <translation>古い分は破棄されました (%1 件まで保持)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) dropped: they arrive too fast</source>
        <translation>
            <numerusform>出力が速すぎるため %Ln 行を破棄</numerusform>
        </translation>
    </message>
    <message>
        <source>the search is slow and continues with older entries</source>
        <translation>検索に時間がかかりすぎました。以前の分を読み込むと続行します</translation>
    </message>
    <message>
        <source>the search took too long and was stopped; choose a shorter time</source>
        <translation>検索に時間がかかりすぎたため終了しました。時間を絞り込んでください</translation>
    </message>
    <message>
        <source>live</source>
        <translation>ライブ</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>None of the nodes is connected. Their entries appear here when they are back.</source>
        <translation>どのノードも接続されていません。再接続されると、エントリがここに表示されます。</translation>
    </message>
    <message>
        <source>The node is not connected, so its journal cannot be read. It appears here when the node is back.</source>
        <translation>ノードが接続されていないため、ジャーナルを読み取れません。再接続されると、ここに表示されます。</translation>
    </message>
    <message>
        <source>The journal could not be read: %1</source>
        <translation>ジャーナルを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>None of these nodes has a journal. Their pages show the log files instead.</source>
        <translation>これらのノードにはジャーナルがありません。各ノードのページには、代わりにログファイルが表示されます。</translation>
    </message>
    <message>
        <source>No entry matches the filter.</source>
        <translation>フィルターに一致するエントリはありません。</translation>
    </message>
    <message>
        <source>The journal is empty.</source>
        <translation>ジャーナルは空です。</translation>
    </message>
    <message>
        <source>The journal could not be read.</source>
        <translation>ジャーナルを読み取れませんでした。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>追跡</translation>
    </message>
    <message>
        <source>The chosen period is over; no new entries are added.</source>
        <translation>選択した時間は過ぎているため、追加されるものはありません。</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>読み取り中...</translation>
    </message>
    <message>
        <source>Show all fields</source>
        <translation>すべてのフィールドを表示</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>JSON としてコピー</translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>ジャーナルのエクスポート</translation>
    </message>
    <message numerus="yes">
        <source>Exporting: %Ln entries written</source>
        <translation>
            <numerusform>エクスポート中: %Ln 件のエントリを書き込み済み</numerusform>
        </translation>
    </message>
    <message>
        <source>The journal was not exported.</source>
        <translation>ジャーナルはエクスポートされませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln entries were exported; there are more.</source>
        <translation>
            <numerusform>新しい方から %Ln 件のエントリをエクスポートしました。ほかにもあります。</numerusform>
        </translation>
    </message>
    <message>
        <source>An export can hold at most %1. Narrow the filter to get the others. File: %2</source>
        <translation>エクスポートは最大 %1 件です。残りはフィルターを絞り込んでください。ファイル: %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries were exported.</source>
        <translation>
            <numerusform>%Ln 件のエントリをエクスポートしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
</context>
<context>
    <name>fb::KeyBackupSheet</name>
    <message>
        <source>Back up the master key</source>
        <translation>マスターキーをバックアップ</translation>
    </message>
    <message>
        <source>Save the sealed key</source>
        <translation>封印したキーを保存</translation>
    </message>
    <message>
        <source>Save backup</source>
        <translation>バックアップを保存</translation>
    </message>
    <message>
        <source>The store&apos;s secrets are sealed with a key in this desktop&apos;s keychain. If the keychain is lost, so are they. The backup is a small file, sealed with a passphrase of your own: keep it, and the passphrase, away from this machine.</source>
        <translation>ストアのシークレットは、このデスクトップのキーチェーンにあるキーで封印されています。キーチェーンを失うと、シークレットも失われます。バックアップは、自分で決めたパスフレーズで封印した小さなファイルです。ファイルとパスフレーズは、このマシンとは別の場所に保管してください。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>パスフレーズ</translation>
    </message>
    <message>
        <source>At least %1 characters. It cannot be recovered.</source>
        <translation>%1 文字以上。忘れると復元できません。</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>パスフレーズ (確認)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Enter an absolute path, such as %1.</source>
        <translation>%1 のような絶対パスを入力してください。</translation>
    </message>
    <message>
        <source>This file already exists; a key never overwrites another.</source>
        <translation>このファイルはすでに存在します。キーを上書きすることはありません。</translation>
    </message>
    <message>
        <source>The folder %1 does not exist.</source>
        <translation>フォルダ %1 がありません。</translation>
    </message>
    <message>
        <source>Enter at least %1 characters.</source>
        <translation>%1 文字以上で入力してください。</translation>
    </message>
    <message>
        <source>The passphrases do not match.</source>
        <translation>2 つのパスフレーズが一致しません。</translation>
    </message>
    <message>
        <source>The backup was not saved.</source>
        <translation>バックアップを保存できませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::KeyField</name>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
</context>
<context>
    <name>fb::KeyRestoreSheet</name>
    <message>
        <source>Use a sealed backup of the master key</source>
        <translation>マスターキーの封印バックアップを使用</translation>
    </message>
    <message>
        <source>Open the sealed key</source>
        <translation>封印したキーを開く</translation>
    </message>
    <message>
        <source>Use backup</source>
        <translation>バックアップを使用</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>As saved with &quot;Back up the master key&quot;; an engine&apos;s master.sealed is one too.</source>
        <translation>「マスターキーをバックアップ」で保存したもの。エンジンの master.sealed も使えます。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>パスフレーズ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>このファイルはありません。</translation>
    </message>
    <message>
        <source>Enter the passphrase of this backup.</source>
        <translation>このバックアップのパスフレーズを入力してください。</translation>
    </message>
    <message>
        <source>The backup could not be used.</source>
        <translation>バックアップを使用できませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::LatePage</name>
    <message>
        <source>Show the list</source>
        <translation>一覧を表示</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>読み込んでいます...</translation>
    </message>
</context>
<context>
    <name>fb::LineChart</name>
    <message>
        <source>Show %1</source>
        <translation>%1 を表示</translation>
    </message>
    <message>
        <source>Copy or save %1</source>
        <translation>「%1」をコピーまたは保存</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>画像をコピー</translation>
    </message>
    <message>
        <source>Copy values as CSV</source>
        <translation>値を CSV でコピー</translation>
    </message>
    <message>
        <source>Save picture as PNG...</source>
        <translation>画像を PNG で保存...</translation>
    </message>
    <message>
        <source>Save values as CSV...</source>
        <translation>値を CSV で保存...</translation>
    </message>
    <message>
        <source>Show the whole period again</source>
        <translation>期間全体の表示に戻す</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>「%1」を保存</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>保存できませんでした: %1</translation>
    </message>
</context>
<context>
    <name>fb::ListPanel</name>
    <message>
        <source>List</source>
        <translation>一覧</translation>
    </message>
</context>
<context>
    <name>fb::LogFileColumns</name>
    <message>
        <source>File</source>
        <extracomment>column title: of a file</extracomment>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Size</source>
        <extracomment>column title: of a file</extracomment>
        <translation>サイズ</translation>
    </message>
    <message>
        <source>Modified</source>
        <extracomment>column title: when a file was changed last</extracomment>
        <translation>更新日時</translation>
    </message>
</context>
<context>
    <name>fb::MainWindow</name>
    <message>
        <source>Go</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>進む</translation>
    </message>
    <message>
        <source>Search or run</source>
        <translation>検索または実行</translation>
    </message>
    <message>
        <source>Filter this page</source>
        <translation>このページを絞り込む</translation>
    </message>
    <message>
        <source>Copy link to this page</source>
        <translation>このページへのリンクをコピー</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>ウィンドウ</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>サイドバーの表示/非表示</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>ウィンドウの次の領域へ</translation>
    </message>
    <message>
        <source>Open this menu</source>
        <translation>このメニューを開く</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>%1 - Flagbridge</source>
        <translation>%1 - Flagbridge</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>%1 に移動</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>ウィンドウの前の部分</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>レイアウトをリセット</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Role: %1</source>
        <translation>ロール: %1</translation>
    </message>
    <message>
        <source>Nodes: %1</source>
        <translation>ノード: %1</translation>
    </message>
    <message>
        <source>Show or hide: %1</source>
        <translation>表示/非表示: %1</translation>
    </message>
    <message>
        <source>Help for the focused item</source>
        <translation>フォーカスのある項目のヘルプ</translation>
    </message>
</context>
<context>
    <name>fb::MarkSheet</name>
    <message>
        <source>Mark the recording of %1</source>
        <translation>%1 の記録に目印を付ける</translation>
    </message>
    <message>
        <source>Set the mark</source>
        <translation>目印を付ける</translation>
    </message>
    <message>
        <source>What happens now</source>
        <translation>いま起きていること</translation>
    </message>
    <message>
        <source>It appears at this moment on the recording&apos;s timeline for everyone who may play it.</source>
        <translation>記録のタイムラインのこの時点に表示され、再生を許可された全員が確認できます。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Enter a name to find this place by.</source>
        <translation>この箇所を探すための名前を入力してください。</translation>
    </message>
    <message>
        <source>Enter 1 to %1 printable characters.</source>
        <translation>印字可能な 1 ～ %1 文字で入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::NameSheet</name>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Bytes that are not text are written as \xff.</source>
        <translation>テキストでないバイトは \xff のように書きます。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>名前を入力してください。</translation>
    </message>
    <message>
        <source>A name cannot contain /.</source>
        <translation>名前に / は使えません。</translation>
    </message>
    <message>
        <source>The name has %1 bytes; at most 255 are allowed.</source>
        <translation>名前が %1 バイトあります。255 バイトまで使えます。</translation>
    </message>
</context>
<context>
    <name>fb::NetworkLines</name>
    <message>
        <source>Line %1: &quot;%2&quot; is not an address or a network.</source>
        <translation>%1 行目: 「%2」はアドレスでもネットワークでもありません。</translation>
    </message>
    <message>
        <source>Line %1: at most %2 are allowed.</source>
        <translation>%1 行目: 指定できるのは %2 件までです。</translation>
    </message>
</context>
<context>
    <name>fb::NewGroupSheet</name>
    <message>
        <source>New group on %1</source>
        <translation>%1 に新しいグループ</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>1 to 32 of a-z, 0-9, _ and -.</source>
        <translation>a-z、0-9、_、- を 1～32 文字。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Create the group</source>
        <translation>グループを作成</translation>
    </message>
</context>
<context>
    <name>fb::NewUserSheet</name>
    <message>
        <source>New user on %1</source>
        <translation>%1 にユーザーを追加</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>1 to 32 of a-z, 0-9, _ and -.</source>
        <translation>a-z、0-9、_、- を 1～32 文字。</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>シェル</translation>
    </message>
    <message>
        <source>A path such as /bin/bash. If empty, the node&apos;s default.</source>
        <translation>/bin/bash のようなパス。空の場合はノードのデフォルトです。</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Additional groups</source>
        <translation>ほかのグループ</translation>
    </message>
    <message>
        <source>Names separated by commas, such as adm, docker.</source>
        <translation>adm, docker のようにコンマで区切った名前。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Without one, no one can log in with a password. It is sent only to the node and never logged.</source>
        <translation>空ならパスワードではログインできません。パスワードはノードにだけ送られ、どのログにも残りません。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Create the user</source>
        <translation>ユーザーを作成</translation>
    </message>
    <message>
        <source>Enter a path that begins with /.</source>
        <translation>/ で始まるパスを入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::NoMatch</name>
    <message>
        <source>Clear filters</source>
        <translation>フィルターをクリア</translation>
    </message>
    <message>
        <source>Nothing here matches the filter.</source>
        <translation>フィルターに一致するものはありません。</translation>
    </message>
</context>
<context>
    <name>fb::NodeEntrance</name>
    <message>
        <source>From this machine only</source>
        <translation>このマシンからのみ</translation>
    </message>
    <message>
        <source>From other machines too</source>
        <translation>ほかのマシンからも</translation>
    </message>
    <message>
        <source>Name or address of this machine</source>
        <translation>このマシンの名前またはアドレス</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>Nodes connect</source>
        <translation>ノードの接続元</translation>
    </message>
</context>
<context>
    <name>fb::NodeFacts</name>
    <message>
        <source>Platform</source>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>カーネル</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>プロセッサ</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>起動</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>エージェント</translation>
    </message>
    <message>
        <source>Last ping</source>
        <translation>最終 Ping</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>登録日時</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>証明書</translation>
    </message>
    <message numerus="yes">
        <source>valid for %n day(s)</source>
        <translation>
            <numerusform>残り %n 日有効</numerusform>
        </translation>
    </message>
    <message>
        <source>Virtualization</source>
        <translation>仮想化</translation>
    </message>
    <message>
        <source>Computer name</source>
        <translation>コンピュータ名</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>タイムゾーン</translation>
    </message>
    <message>
        <source>Agent runs as</source>
        <translation>エージェントの実行ユーザー</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>ハードウェア</translation>
    </message>
    <message>
        <source>changed since it was registered</source>
        <translation>登録時から変更あり</translation>
    </message>
    <message>
        <source>another machine uses this node&apos;s identity</source>
        <translation>別のマシンがこのノードの ID を使用</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>プロファイル</translation>
    </message>
    <message>
        <source>This node&apos;s spool and log have no room.</source>
        <translation>このノードのスプールとログに空きがありません。</translation>
    </message>
    <message>
        <source>This node&apos;s spool is full.</source>
        <translation>このノードのスプールは満杯です。</translation>
    </message>
    <message>
        <source>This node&apos;s log has no room.</source>
        <translation>このノードのログに空きがありません。</translation>
    </message>
    <message>
        <source>%1 of %2 wait to be delivered.</source>
        <translation>%2 中 %1 が配信待ちです。</translation>
    </message>
    <message>
        <source>%1 of output were dropped.</source>
        <translation>%1 の出力が破棄されました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of the agent&apos;s log were lost.</source>
        <translation>
            <numerusform>エージェントのログ %Ln 行を失いました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Commands still run; what their output lacks is marked in it.</source>
        <translation>コマンドは引き続き実行されます。出力の欠けた部分には印が付きます。</translation>
    </message>
    <message>
        <source>Commands still run.</source>
        <translation>コマンドは引き続き実行されます。</translation>
    </message>
    <message>
        <source>Spool</source>
        <extracomment>label: what a node keeps of outputs until they are delivered</extracomment>
        <translation>スプール</translation>
    </message>
    <message>
        <source>full: %1 of %2</source>
        <translation>満杯: %2 中 %1</translation>
    </message>
    <message>
        <source>Agent&apos;s log</source>
        <translation>エージェントのログ</translation>
    </message>
    <message numerus="yes">
        <source>no room: %Ln line(s) lost</source>
        <translation>
            <numerusform>空きなし: %Ln 行を失いました</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodeGroupsModel</name>
    <message>
        <source>All nodes</source>
        <translation>すべてのノード</translation>
    </message>
    <message>
        <source>Unknown platform</source>
        <translation>プラットフォーム不明</translation>
    </message>
    <message>
        <source>No tag %1</source>
        <translation>タグ %1 なし</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n node(s)</source>
        <translation>
            <numerusform>%1、ノード %n 台</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, a session is open</source>
        <translation>%1、%2、セッションを開いています</translation>
    </message>
</context>
<context>
    <name>fb::NodeList</name>
    <message>
        <source>Filter nodes by name or tag</source>
        <translation>名前またはタグでノードを絞り込み</translation>
    </message>
    <message>
        <source>Filter: a name, or a tag such as role=web</source>
        <translation>フィルター: 名前、または role=web のようなタグ</translation>
    </message>
</context>
<context>
    <name>fb::NodeMetricsTab</name>
    <message>
        <source>The first value arrives in about a minute.</source>
        <translation>最初の値は約 1 分後に届きます。</translation>
    </message>
    <message>
        <source>Nothing was measured in this period.</source>
        <translation>この期間の測定値はありません。</translation>
    </message>
    <message>
        <source>one point in %1 min</source>
        <translation>%1 分ごとに 1 点</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>メトリクス</translation>
    </message>
    <message>
        <source>reading...</source>
        <translation>読み込み中...</translation>
    </message>
</context>
<context>
    <name>fb::NodePage</name>
    <message>
        <source>Document</source>
        <extracomment>column title</extracomment>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Status</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Comment</source>
        <extracomment>column title</extracomment>
        <translation>コメント</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>リクエスト日時</translation>
    </message>
    <message>
        <source>By</source>
        <extracomment>column title: by whom</extracomment>
        <translation>実行者</translation>
    </message>
    <message>
        <source>Operator</source>
        <extracomment>column title: who is or was connected</extracomment>
        <translation>オペレーター</translation>
    </message>
    <message>
        <source>Reason</source>
        <extracomment>column title: of a session</extracomment>
        <translation>理由</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>所要時間</translation>
    </message>
    <message>
        <source>Run a document</source>
        <translation>ドキュメントを実行</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>その他のアクション</translation>
    </message>
    <message>
        <source>Nothing has been run on this node yet.</source>
        <translation>このノードではまだ何も実行されていません。</translation>
    </message>
    <message>
        <source>No one has opened a session to this node yet.</source>
        <translation>このノードへのセッションはまだありません。</translation>
    </message>
    <message>
        <source>Nothing has been recorded for this node yet.</source>
        <translation>このノードの記録はまだありません。</translation>
    </message>
    <message>
        <source>Everything known about this node, as JSON</source>
        <translation>このノードのすべての情報 (JSON)</translation>
    </message>
    <message>
        <source>Parts of this node&apos;s page</source>
        <translation>ノードのページのタブ</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>メトリクス</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Raw</translation>
    </message>
    <message>
        <source>Runs of this node</source>
        <translation>このノードの実行</translation>
    </message>
    <message>
        <source>Sessions on this node</source>
        <translation>このノードのセッション</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>名前を変更...</translation>
    </message>
    <message>
        <source>Copy the node ID</source>
        <translation>ノード ID をコピー</translation>
    </message>
    <message>
        <source>Deregister this node...</source>
        <translation>このノードを登録解除...</translation>
    </message>
    <message>
        <source>What happened to this node</source>
        <translation>このノードの出来事</translation>
    </message>
    <message>
        <source>This node is no longer managed.</source>
        <translation>このノードはもう管理されていません。</translation>
    </message>
    <message>
        <source>It was deregistered. The last known data is shown.</source>
        <translation>登録解除されました。表示しているのは最後に分かっていた内容です。</translation>
    </message>
    <message>
        <source>last ping %1</source>
        <translation>最終 Ping %1</translation>
    </message>
    <message>
        <source>CPU, %1</source>
        <translation>CPU、%1</translation>
    </message>
    <message>
        <source>Memory, %1</source>
        <translation>メモリ、%1</translation>
    </message>
    <message>
        <source>No measurements yet. The first value arrives in about a minute.</source>
        <translation>測定値はまだありません。最初の値は約 1 分後に届きます。</translation>
    </message>
    <message>
        <source>No measurements: the node is not connected.</source>
        <translation>測定値がありません。ノードが接続されていません。</translation>
    </message>
    <message>
        <source>The measurements could not be read.</source>
        <translation>測定値を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The history could not be read.</source>
        <translation>履歴を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The runs could not be read.</source>
        <translation>実行を読み込めませんでした。</translation>
    </message>
    <message>
        <source>The sessions could not be read.</source>
        <translation>セッションを読み込めませんでした。</translation>
    </message>
    <message>
        <source>The node could not be read.</source>
        <translation>ノードを読み込めませんでした。</translation>
    </message>
    <message>
        <source>Start a session</source>
        <translation>セッションを開始</translation>
    </message>
    <message>
        <source>Quarantine...</source>
        <translation>隔離...</translation>
    </message>
    <message>
        <source>Release from quarantine</source>
        <translation>隔離を解除</translation>
    </message>
    <message>
        <source>Re-enrol...</source>
        <translation>再登録...</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>プロセス</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Hardware changed: compare</source>
        <translation>ハードウェア変更: 比較</translation>
    </message>
    <message>
        <source>Possible clone: compare</source>
        <translation>複製の疑い: 比較</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>パフォーマンス</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Change profile...</source>
        <translation>プロファイルの変更...</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>ジャーナル</translation>
    </message>
</context>
<context>
    <name>fb::NodePane</name>
    <message>
        <source>Close details</source>
        <translation>詳細を閉じる</translation>
    </message>
    <message>
        <source>Copy the node ID</source>
        <translation>ノード ID をコピー</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>その他のアクション</translation>
    </message>
    <message>
        <source>Deregister this node...</source>
        <translation>このノードを登録解除...</translation>
    </message>
    <message>
        <source>last seen %1</source>
        <translation>最終応答: %1</translation>
    </message>
    <message>
        <source>CPU, last 3 h</source>
        <translation>CPU (過去 3 時間)</translation>
    </message>
    <message>
        <source>Memory, last 3 h</source>
        <translation>メモリ (過去 3 時間)</translation>
    </message>
    <message>
        <source>Open the full page (Enter)</source>
        <translation>ページ全体で開く (Enter)</translation>
    </message>
    <message>
        <source>No measurements yet. The first value arrives in about a minute.</source>
        <translation>測定値はまだありません。最初の値は約 1 分後に届きます。</translation>
    </message>
    <message>
        <source>Change tags...</source>
        <translation>タグを変更...</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>名前を変更...</translation>
    </message>
    <message>
        <source>Everything known about this node, as JSON</source>
        <translation>このノードのすべての情報 (JSON)</translation>
    </message>
    <message>
        <source>Parts of the details</source>
        <translation>詳細のタブ</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Raw</translation>
    </message>
    <message>
        <source>What happened to this node</source>
        <translation>このノードの出来事</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Start a session on this node</source>
        <translation>このノードでセッションを開始</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>接続</translation>
    </message>
</context>
<context>
    <name>fb::NodePicker</name>
    <message>
        <source>Nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>%1: only nodes that are online can be chosen</source>
        <translation>%1: 選べるのはオンラインのノードだけです</translation>
    </message>
    <message>
        <source>No node matches.</source>
        <translation>一致するノードはありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) chosen: they open as a grid</source>
        <translation>
            <numerusform>%n 台を選択中: グリッドで開きます</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more: type to find them</source>
        <translation>
            <numerusform>ほか %n 台: 入力して絞り込んでください</numerusform>
        </translation>
    </message>
    <message>
        <source>Use Ctrl or Shift to select several; they open as a grid.</source>
        <translation>Ctrl または Shift で複数選ぶと、グリッドで開きます。</translation>
    </message>
</context>
<context>
    <name>fb::NodeTableModel</name>
    <message>
        <source>Name</source>
        <extracomment>column title</extracomment>
        <translation>名前</translation>
    </message>
    <message>
        <source>Ping</source>
        <extracomment>column title: whether the node answers</extracomment>
        <translation>Ping</translation>
    </message>
    <message>
        <source>Last ping</source>
        <extracomment>column title</extracomment>
        <translation>最終 Ping</translation>
    </message>
    <message>
        <source>Platform</source>
        <extracomment>column title</extracomment>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Tags</source>
        <extracomment>column title</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>CPU</source>
        <extracomment>column title</extracomment>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <extracomment>column title</extracomment>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Agent</source>
        <extracomment>column title: version of the agent program</extracomment>
        <translation>エージェント</translation>
    </message>
    <message>
        <source>Address</source>
        <extracomment>column title: IP address</extracomment>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>Node ID</source>
        <extracomment>column title</extracomment>
        <translation>ノード ID</translation>
    </message>
    <message>
        <source>Registered</source>
        <extracomment>column title: when the node was enrolled</extracomment>
        <translation>登録日時</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>期限切れ</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>残り %n 日</numerusform>
        </translation>
    </message>
    <message>
        <source>Certificate</source>
        <extracomment>column title: how long the node&apos;s certificate still holds</extracomment>
        <translation>証明書</translation>
    </message>
    <message>
        <source>Profile</source>
        <extracomment>column title: the node profile</extracomment>
        <translation>プロファイル</translation>
    </message>
    <message>
        <source>Machine</source>
        <extracomment>a property to filter by: what kind of machine it is, &quot;Linux x86_64&quot;</extracomment>
        <translation>マシン</translation>
    </message>
</context>
<context>
    <name>fb::NodeTagsTab</name>
    <message>
        <source>Save tags</source>
        <translation>タグを保存</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>変更を破棄</translation>
    </message>
    <message>
        <source>Tags select nodes as targets and in filters. The engine never changes them.</source>
        <translation>タグはターゲットやフィルターでノードを選ぶために使います。エンジンがタグを変更することはありません。</translation>
    </message>
    <message>
        <source>This node has no tags yet.</source>
        <translation>このノードにはまだタグがありません。</translation>
    </message>
    <message numerus="yes">
        <source>%n of 50 tag(s)</source>
        <translation>
            <numerusform>タグ %n / 50</numerusform>
        </translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
</context>
<context>
    <name>fb::NodeTree</name>
    <message>
        <source>Filter nodes</source>
        <translation>ノードを絞り込み</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Group nodes by</source>
        <translation>ノードのグループ化</translation>
    </message>
    <message>
        <source>Group nodes by a tag or by platform</source>
        <translation>タグまたはプラットフォームでノードをグループ化</translation>
    </message>
    <message>
        <source>By tag %1</source>
        <translation>タグ %1 別</translation>
    </message>
    <message>
        <source>By platform</source>
        <translation>プラットフォーム別</translation>
    </message>
    <message>
        <source>All in one list</source>
        <translation>1 つの一覧</translation>
    </message>
    <message>
        <source>by platform</source>
        <translation>プラットフォーム別</translation>
    </message>
    <message>
        <source>one list</source>
        <translation>1 つの一覧</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>%1 別</translation>
    </message>
    <message numerus="yes">
        <source>Open %n as a grid</source>
        <translation>
            <numerusform>%n 台をグリッドで開く</numerusform>
        </translation>
    </message>
    <message>
        <source>No nodes yet. Enrol one on the Fleet page.</source>
        <translation>ノードはまだありません。フリートのページで登録してください。</translation>
    </message>
    <message>
        <source>No node matches. Press Esc to clear the filter.</source>
        <translation>一致するノードはありません。Esc で絞り込みを解除します。</translation>
    </message>
</context>
<context>
    <name>fb::NodeWords</name>
    <message>
        <source>it connected</source>
        <translation>接続しました</translation>
    </message>
    <message>
        <source>its connection broke</source>
        <translation>接続が切れました</translation>
    </message>
    <message>
        <source>its agent was stopped</source>
        <translation>エージェントが停止しました</translation>
    </message>
    <message>
        <source>it restarts</source>
        <translation>再起動しています</translation>
    </message>
    <message>
        <source>by an operator</source>
        <translation>オペレーターによる操作</translation>
    </message>
    <message>
        <source>with an activation</source>
        <translation>アクティベーションによる登録</translation>
    </message>
    <message>
        <source>Tags set</source>
        <translation>タグを設定</translation>
    </message>
    <message>
        <source>Tags removed</source>
        <translation>タグを削除</translation>
    </message>
    <message>
        <source>Renamed</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Deregistered</source>
        <translation>登録解除</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>登録済み</translation>
    </message>
    <message>
        <source>Command sent</source>
        <translation>コマンドを送信</translation>
    </message>
    <message>
        <source>Session started</source>
        <translation>セッションを開始</translation>
    </message>
    <message>
        <source>Session terminated</source>
        <translation>セッションを終了</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>オンライン</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>接続切れ</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>隔離中</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>%1 による</translation>
    </message>
    <message>
        <source>refused: %1</source>
        <translation>拒否: %1</translation>
    </message>
    <message>
        <source>Connecting</source>
        <extracomment>states of a session</extracomment>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>切断</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>終了処理中</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>newest value and its series: &quot;84 %, /var&quot;</extracomment>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>How busy are the processors?</source>
        <translation>CPU 使用率</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>waiting for disks</source>
        <translation>ディスク待ち</translation>
    </message>
    <message>
        <source>How full is the memory?</source>
        <translation>メモリ使用率</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>スワップ</translation>
    </message>
    <message>
        <source>How full are the disks?</source>
        <translation>ディスク使用率</translation>
    </message>
    <message>
        <source>How long is the queue for processors?</source>
        <translation>ロードアベレージ</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 分</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 分</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 分</translation>
    </message>
    <message>
        <source>How much goes over the network?</source>
        <translation>ネットワーク通信量</translation>
    </message>
    <message>
        <source>in</source>
        <translation>受信</translation>
    </message>
    <message>
        <source>out</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>How much do the disks read and write?</source>
        <translation>ディスクの読み書き</translation>
    </message>
    <message>
        <source>read</source>
        <translation>読み取り</translation>
    </message>
    <message>
        <source>written</source>
        <translation>書き込み</translation>
    </message>
    <message>
        <source>Tool opened</source>
        <translation>ツールを開始</translation>
    </message>
    <message>
        <source>Signal sent to a process</source>
        <translation>プロセスにシグナルを送信</translation>
    </message>
    <message>
        <source>Signal sent to processes</source>
        <translation>複数のプロセスにシグナルを送信</translation>
    </message>
    <message>
        <source>Priority changed</source>
        <translation>優先度を変更</translation>
    </message>
    <message>
        <source>Process started</source>
        <translation>プロセスを開始</translation>
    </message>
    <message>
        <source>Folder created</source>
        <translation>フォルダを作成</translation>
    </message>
    <message>
        <source>File created</source>
        <translation>ファイルを作成</translation>
    </message>
    <message>
        <source>File renamed</source>
        <translation>ファイル名を変更</translation>
    </message>
    <message>
        <source>Permissions changed</source>
        <translation>アクセス権を変更</translation>
    </message>
    <message>
        <source>Owner changed</source>
        <translation>所有者を変更</translation>
    </message>
    <message>
        <source>File edited</source>
        <translation>ファイルを編集</translation>
    </message>
    <message>
        <source>Files deleted</source>
        <translation>ファイルを削除</translation>
    </message>
    <message>
        <source>Files copied</source>
        <translation>ファイルをコピー</translation>
    </message>
    <message>
        <source>Files moved</source>
        <translation>ファイルを移動</translation>
    </message>
    <message>
        <source>File uploaded</source>
        <translation>ファイルをアップロード</translation>
    </message>
    <message>
        <source>File downloaded</source>
        <translation>ファイルをダウンロード</translation>
    </message>
    <message>
        <source>its hardware changed</source>
        <translation>ハードウェアの変更</translation>
    </message>
    <message>
        <source>its new hardware was accepted</source>
        <translation>新しいハードウェアの承認</translation>
    </message>
    <message>
        <source>New hardware accepted</source>
        <translation>新しいハードウェアを承認</translation>
    </message>
    <message>
        <source>Possible clone dismissed</source>
        <translation>複製の疑いを一覧から除外</translation>
    </message>
    <message>
        <source>Profile changed</source>
        <translation>プロファイルを変更</translation>
    </message>
    <message>
        <source>Remote desktop renewed</source>
        <translation>リモートデスクトップを延長</translation>
    </message>
    <message>
        <source>Spool full</source>
        <translation>スプールが満杯</translation>
    </message>
    <message>
        <source>No room for the agent&apos;s log</source>
        <translation>エージェントのログに空きなし</translation>
    </message>
    <message>
        <source>Spool and log without room</source>
        <translation>スプールとログに空きなし</translation>
    </message>
    <message>
        <source>Room again</source>
        <extracomment>a node&apos;s spool or log was full, and is no longer</extracomment>
        <translation>空きが回復</translation>
    </message>
</context>
<context>
    <name>fb::NoticesPanel</name>
    <message>
        <source>No notifications. Runs that end while you are on another page, lost nodes and finished exports are listed here.</source>
        <translation>通知はありません。ほかのページにいる間に終わった実行、切断されたノード、完了したエクスポートがここに表示されます。</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>すべて消去</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n times</source>
        <translation>
            <numerusform>%1、%n 回</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::OpenConsole</name>
    <message>
        <source>The store is read-only.</source>
        <translation>ストアが読み取り専用になっています。</translation>
    </message>
    <message>
        <source>Nothing can be changed until this is solved: %1</source>
        <translation>次の問題が解決するまで変更できません: %1</translation>
    </message>
</context>
<context>
    <name>fb::OperatorButton</name>
    <message>
        <source>Operator: %1, %2</source>
        <translation>オペレーター: %1、%2</translation>
    </message>
    <message>
        <source>Account and settings</source>
        <translation>アカウントと設定</translation>
    </message>
</context>
<context>
    <name>fb::OutputList</name>
    <message>
        <source>Outputs</source>
        <translation>出力の一覧</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 台のノード</numerusform>
        </translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>終了コード %1</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>最多</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n 行が相違</numerusform>
        </translation>
    </message>
    <message>
        <source>No output</source>
        <translation>出力なし</translation>
    </message>
    <message>
        <source>live</source>
        <translation>ライブ</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 台が実行中</numerusform>
        </translation>
    </message>
    <message>
        <source>more are still printing</source>
        <translation>ほかにも出力中</translation>
    </message>
    <message>
        <source>have sent nothing yet</source>
        <translation>まだ出力なし</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 台が待機中</numerusform>
        </translation>
    </message>
    <message>
        <source>for their turn or their node</source>
        <translation>順番またはノードの接続待ち</translation>
    </message>
</context>
<context>
    <name>fb::OutputModel</name>
    <message>
        <source>[The rest of this output was removed on %1 to free space.]</source>
        <translation>[この出力の続きは、空き容量を確保するため %1 に削除されました。]</translation>
    </message>
</context>
<context>
    <name>fb::OverlaidCharts</name>
    <message>
        <source>How busy are the processors?</source>
        <translation>CPU 使用率</translation>
    </message>
    <message>
        <source>How full is the memory?</source>
        <translation>メモリ使用率</translation>
    </message>
    <message>
        <source>How full is the fullest disk?</source>
        <translation>使用率が最も高いディスク</translation>
    </message>
    <message>
        <source>How long is the queue for processors, over 1 min?</source>
        <translation>ロードアベレージ (1 分)</translation>
    </message>
    <message>
        <source>How much goes over the network, in and out?</source>
        <translation>ネットワークの送受信</translation>
    </message>
    <message>
        <source>How much do all disks read and write?</source>
        <translation>全ディスクの読み書き</translation>
    </message>
</context>
<context>
    <name>fb::Palette</name>
    <message>
        <source>Search pages, nodes and runs, or run a command</source>
        <translation>ページ、ノード、実行を検索、または操作を実行</translation>
    </message>
    <message>
        <source>Search or run</source>
        <translation>検索または実行</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>検索結果</translation>
    </message>
    <message>
        <source>commands</source>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>タグ</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>help</source>
        <translation>ヘルプ</translation>
    </message>
    <message>
        <source>run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>opens this address</source>
        <translation>このアドレスを開きます</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>リンク</translation>
    </message>
    <message>
        <source>Only flagbridge:// links open here.</source>
        <translation>ここで開けるのは flagbridge:// のリンクだけです。</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no such page.</source>
        <translation>そのようなページはありません。</translation>
    </message>
</context>
<context>
    <name>fb::PaletteModel</name>
    <message>
        <source>Recent</source>
        <extracomment>heading in the palette: what was chosen lately</extracomment>
        <translation>最近の項目</translation>
    </message>
    <message>
        <source>Pages</source>
        <extracomment>heading in the palette</extracomment>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Commands</source>
        <extracomment>heading in the palette: things to do</extracomment>
        <translation>コマンド</translation>
    </message>
    <message>
        <source>Nodes</source>
        <extracomment>heading in the palette</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Tags</source>
        <extracomment>heading in the palette</extracomment>
        <translation>タグ</translation>
    </message>
    <message>
        <source>Documents</source>
        <extracomment>heading in the palette</extracomment>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Runs</source>
        <extracomment>heading in the palette: runs of documents</extracomment>
        <translation>実行</translation>
    </message>
</context>
<context>
    <name>fb::PaneBar</name>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Open again (Enter)</source>
        <translation>もう一度開く (Enter)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Connecting to %1...</source>
        <translation>%1 に接続しています...</translation>
    </message>
    <message>
        <source>The session has ended.</source>
        <translation>セッションは終了しました。</translation>
    </message>
    <message>
        <source>The session has ended: %1</source>
        <translation>セッションは終了しました: %1</translation>
    </message>
</context>
<context>
    <name>fb::PaneHead</name>
    <message>
        <source>Menu of the session on %1</source>
        <translation>%1 のセッションのメニュー</translation>
    </message>
</context>
<context>
    <name>fb::ParameterForm</name>
    <message>
        <source>%1 (optional)</source>
        <translation>%1 (任意)</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>選択してください</translation>
    </message>
</context>
<context>
    <name>fb::PasswordFields</name>
    <message>
        <source>Repeat the password</source>
        <translation>パスワード (確認)</translation>
    </message>
    <message>
        <source>Enter a password.</source>
        <translation>パスワードを入力してください。</translation>
    </message>
    <message>
        <source>The password has %1 bytes; at most %2 are allowed.</source>
        <translation>パスワードは %1 バイトあります。上限は %2 バイトです。</translation>
    </message>
    <message>
        <source>The passwords do not match.</source>
        <translation>二つが一致しません。</translation>
    </message>
</context>
<context>
    <name>fb::PasswordSheet</name>
    <message>
        <source>Password of %1</source>
        <translation>%1 のパスワード</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新しいパスワード</translation>
    </message>
    <message>
        <source>It is sent only to the node and never logged.</source>
        <translation>ノードにだけ送られ、どのログにも残りません。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Set the password</source>
        <translation>パスワードを設定</translation>
    </message>
</context>
<context>
    <name>fb::PasteSheet</name>
    <message>
        <source>Paste into the session?</source>
        <translation>セッションに貼り付けますか?</translation>
    </message>
    <message>
        <source>The program receives it as pasted text. Check it first.</source>
        <translation>プログラムは貼り付けられたテキストとして受け取ります。内容を確認してください。</translation>
    </message>
    <message>
        <source>Each line end acts as Return: a shell runs the lines at once.</source>
        <translation>各行末は Return として扱われ、シェルでは各行がそのまま実行されます。</translation>
    </message>
    <message>
        <source>Text to be pasted</source>
        <translation>貼り付けるテキスト</translation>
    </message>
    <message>
        <source>Only the beginning is shown.</source>
        <translation>先頭のみ表示しています。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n line(s)</source>
        <translation>
            <numerusform>%n 行を貼り付け</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::PerformanceHistory</name>
    <message>
        <source>How busy are the processors?</source>
        <translation>CPU 使用率</translation>
    </message>
    <message>
        <source>How busy is each core?</source>
        <translation>コアごとの CPU 使用率</translation>
    </message>
    <message>
        <source>How much memory is in use?</source>
        <translation>メモリの使用量</translation>
    </message>
    <message>
        <source>How long is the queue for processors?</source>
        <translation>ロードアベレージ</translation>
    </message>
    <message>
        <source>How much do the disks read and write?</source>
        <translation>ディスクの読み書き</translation>
    </message>
    <message>
        <source>How busy are the disks?</source>
        <translation>ディスクのビジー率</translation>
    </message>
    <message>
        <source>How many operations a second do the disks do?</source>
        <translation>ディスクの IOPS</translation>
    </message>
    <message>
        <source>How full are the file systems?</source>
        <translation>ファイルシステム使用率</translation>
    </message>
    <message>
        <source>How much goes over the network?</source>
        <translation>ネットワーク通信量</translation>
    </message>
    <message>
        <source>How many packets a second, and errors?</source>
        <translation>パケットとエラー (毎秒)</translation>
    </message>
    <message>
        <source>used</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>キャッシュ</translation>
    </message>
    <message>
        <source>swap</source>
        <translation>スワップ</translation>
    </message>
    <message>
        <source>1 min</source>
        <translation>1 分</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 分</translation>
    </message>
    <message>
        <source>15 min</source>
        <translation>15 分</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>全体</translation>
    </message>
    <message>
        <source>programs</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>system</source>
        <translation>システム</translation>
    </message>
    <message>
        <source>waiting for disks</source>
        <translation>ディスク待ち</translation>
    </message>
    <message>
        <source>taken by the host</source>
        <translation>ホストが使用</translation>
    </message>
    <message>
        <source>%1 read</source>
        <translation>%1 読み取り</translation>
    </message>
    <message>
        <source>%1 written</source>
        <translation>%1 書き込み</translation>
    </message>
    <message>
        <source>%1 in</source>
        <translation>%1 受信</translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation>%1 送信</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 パケット</translation>
    </message>
    <message>
        <source>%1 errors</source>
        <translation>%1 エラー</translation>
    </message>
    <message>
        <source>How busy is the busiest core?</source>
        <translation>最も忙しいコアの使用率</translation>
    </message>
    <message>
        <source>How full is the memory?</source>
        <translation>メモリ使用率</translation>
    </message>
    <message>
        <source>How long is the queue for processors, over 1 min?</source>
        <translation>ロードアベレージ (1 分)</translation>
    </message>
    <message>
        <source>How much do all disks read and write?</source>
        <translation>全ディスクの読み書き</translation>
    </message>
    <message>
        <source>How busy is the busiest disk?</source>
        <translation>最も忙しいディスクのビジー率</translation>
    </message>
    <message>
        <source>How many operations a second do all disks do?</source>
        <translation>全ディスクの IOPS</translation>
    </message>
    <message>
        <source>How full is the fullest file system?</source>
        <translation>使用率が最も高いファイルシステム</translation>
    </message>
    <message>
        <source>How much goes over the network, in and out?</source>
        <translation>ネットワークの送受信</translation>
    </message>
    <message>
        <source>How many packets a second, in and out?</source>
        <translation>パケット数 (毎秒、送受信)</translation>
    </message>
</context>
<context>
    <name>fb::PerformanceTab</name>
    <message>
        <source>Time range of the charts</source>
        <translation>グラフに表示する時間</translation>
    </message>
    <message numerus="yes">
        <source>last %n min</source>
        <translation>
            <numerusform>直近 %n 分</numerusform>
        </translation>
    </message>
    <message>
        <source>Longer ranges</source>
        <translation>より長い期間</translation>
    </message>
    <message>
        <source>The Metrics tab shows one value per minute for longer ranges.</source>
        <translation>毎分の測定値は「メトリクス」タブにあります。</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>パフォーマンス</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n core(s)</source>
        <translation>
            <numerusform>%1、%n コア</numerusform>
        </translation>
    </message>
    <message>
        <source>The first values arrive in a few seconds.</source>
        <translation>数秒で最初の値が表示されます。</translation>
    </message>
    <message>
        <source>The node is not connected. Charts continue when it is back.</source>
        <translation>ノードが接続されていません。復帰するとグラフが再開します。</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>未接続です。</translation>
    </message>
    <message>
        <source>Not connected. As of %1.</source>
        <translation>未接続です。%1 時点の内容です。</translation>
    </message>
    <message>
        <source>The counters could not be read.</source>
        <translation>カウンターを読み取れませんでした。</translation>
    </message>
    <message>
        <source>The counters could not be read: %1</source>
        <translation>カウンターを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>Zoomed in. Double-click a chart to show everything again.</source>
        <translation>一部の時間を表示中です。グラフをダブルクリックすると全体に戻ります。</translation>
    </message>
    <message>
        <source>live, one point a second</source>
        <translation>ライブ (毎秒 1 点)</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未接続</translation>
    </message>
</context>
<context>
    <name>fb::PermissionsSheet</name>
    <message>
        <source>Permissions of %1</source>
        <translation>%1 のアクセス権</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>グループ</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>Read</source>
        <extracomment>permissions of a file: may be read, written, executed</extracomment>
        <translation>読み取り</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>書き込み</translation>
    </message>
    <message>
        <source>Execute</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>As a number</source>
        <translation>数値</translation>
    </message>
    <message>
        <source>Octal, as chmod takes it: 0644.</source>
        <translation>chmod と同じ 8 進数: 0644。</translation>
    </message>
    <message>
        <source>A name or a number.</source>
        <translation>名前または番号。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変更</translation>
    </message>
    <message>
        <source>Enter 0 to 7777, with the digits 0 to 7.</source>
        <translation>0 から 7777 までを、0 から 7 の数字で入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::PingWords</name>
    <message>
        <source>Online</source>
        <extracomment>state of a node</extracomment>
        <translation>オンライン</translation>
    </message>
    <message>
        <source>Silent</source>
        <extracomment>state of a node: connected, but nothing heard for 40 seconds</extracomment>
        <translation>応答なし</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <extracomment>state of a node</extracomment>
        <translation>接続切れ</translation>
    </message>
    <message>
        <source>Registered</source>
        <extracomment>state of a node: enrolled, never connected yet</extracomment>
        <translation>登録済み</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <extracomment>state of a node</extracomment>
        <translation>隔離中</translation>
    </message>
</context>
<context>
    <name>fb::Playback</name>
    <message>
        <source>Bytes are missing</source>
        <translation>データが欠けています</translation>
    </message>
    <message>
        <source>%1 missing: lost with the engine</source>
        <translation>%1 欠落: エンジンの停止で失われました</translation>
    </message>
    <message>
        <source>%1 missing: the disk was full or failed</source>
        <translation>%1 欠落: ディスクに書き込めませんでした</translation>
    </message>
    <message>
        <source>Altered or cut off from here on</source>
        <translation>ここから先は改ざんまたは切り詰められています</translation>
    </message>
</context>
<context>
    <name>fb::PlayerBar</name>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>再生または一時停止 (Space)</translation>
    </message>
    <message>
        <source>Previous output (,)</source>
        <translation>前の出力 (,)</translation>
    </message>
    <message>
        <source>Next output (.)</source>
        <translation>次の出力 (.)</translation>
    </message>
    <message>
        <source>Previous mark ([)</source>
        <translation>前の目印 ([)</translation>
    </message>
    <message>
        <source>Next mark (])</source>
        <translation>次の目印 (])</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Speed (&lt; slower, &gt; faster)</source>
        <translation>速度 (&lt; 遅く、&gt; 速く)</translation>
    </message>
    <message>
        <source>%1x</source>
        <comment>speed of playing</comment>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>Idle time</source>
        <translation>無出力の時間</translation>
    </message>
    <message>
        <source>How long to wait where nothing was written</source>
        <translation>出力がないときに待つ時間</translation>
    </message>
    <message>
        <source>Keep idle time</source>
        <translation>無出力も再生</translation>
    </message>
    <message>
        <source>Skip idle &gt; %1 s</source>
        <translation>無出力 %1 秒超は省略</translation>
    </message>
    <message>
        <source>Find in the recording</source>
        <translation>記録内を検索</translation>
    </message>
    <message>
        <source>Previous hit (Shift+F3)</source>
        <translation>前の一致 (Shift+F3)</translation>
    </message>
    <message>
        <source>Next hit (F3)</source>
        <translation>次の一致 (F3)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Seeking...</source>
        <translation>移動しています...</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>検索しています...</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 件中 %1 件目</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n 件一致</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped %1 without output</source>
        <translation>無出力の %1 を省略しました</translation>
    </message>
</context>
<context>
    <name>fb::PlayerPage</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Load newer output</source>
        <translation>その後の分を読み込む</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>Show or hide details (Ctrl+D)</source>
        <translation>詳細の表示/非表示 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Reading the recording...</source>
        <translation>記録を読み込んでいます...</translation>
    </message>
    <message>
        <source>As a recording (.cast)...</source>
        <translation>記録として (.cast)...</translation>
    </message>
    <message>
        <source>As text (.txt)...</source>
        <translation>テキストとして (.txt)...</translation>
    </message>
    <message>
        <source>As a web page with colours (.html)...</source>
        <translation>色付きの Web ページとして (.html)...</translation>
    </message>
    <message>
        <source>Recording of %1</source>
        <translation>%1 の記録</translation>
    </message>
    <message>
        <source>Recording unchanged</source>
        <translation>記録は改ざんされていません</translation>
    </message>
    <message>
        <source>Still recording</source>
        <translation>記録中</translation>
    </message>
    <message>
        <source>No hash to check</source>
        <translation>照合するハッシュなし</translation>
    </message>
    <message>
        <source>Hash does not match</source>
        <translation>ハッシュ不一致</translation>
    </message>
    <message>
        <source>The end of this recording is cut off.</source>
        <translation>この記録は末尾が途切れています。</translation>
    </message>
    <message>
        <source>It plays up to %1, where writing stopped in the middle of a line.</source>
        <translation>行の途中で書き込みが止まった %1 まで再生できます。</translation>
    </message>
    <message>
        <source>Only the first part of this recording can be played.</source>
        <translation>この記録は前半部分だけ再生できます。</translation>
    </message>
    <message>
        <source>Line %1 could not be read; everything after it, from %2 on, is left out.</source>
        <translation>%1 行目を解釈できません。%2 以降は省かれています。</translation>
    </message>
    <message numerus="yes">
        <source>Bytes are missing at %n place(s).</source>
        <translation>
            <numerusform>%n か所でデータが欠けています。</numerusform>
        </translation>
    </message>
    <message>
        <source>The disk was full or failed, or the engine was killed. The places are marked on the timeline.</source>
        <translation>ディスクに書き込めなかったか、エンジンが強制終了されました。該当箇所はタイムラインに示しています。</translation>
    </message>
    <message>
        <source>Save the recording</source>
        <translation>記録の保存</translation>
    </message>
    <message>
        <source>The recording was saved.</source>
        <translation>記録を保存しました。</translation>
    </message>
    <message>
        <source>The recording was not saved.</source>
        <translation>記録は保存されませんでした。</translation>
    </message>
    <message>
        <source>This recording is empty.</source>
        <translation>この記録には何も残っていません。</translation>
    </message>
    <message>
        <source>The session ended before its terminal showed anything.</source>
        <translation>ターミナルに何も表示されないうちにセッションが終了しました。</translation>
    </message>
    <message>
        <source>The session&apos;s terminal has shown nothing so far.</source>
        <translation>このセッションのターミナルには、まだ何も表示されていません。</translation>
    </message>
    <message>
        <source>This recording was altered or cut off.</source>
        <translation>この記録は改ざんまたは切り詰められています。</translation>
    </message>
    <message>
        <source>It plays up to %1; what followed does not match its hash and is left out.</source>
        <translation>%1 まで再生できます。その先はハッシュと一致しないため、表示しません。</translation>
    </message>
</context>
<context>
    <name>fb::PlayerProblem</name>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Show recorded sessions</source>
        <translation>記録のあるセッションを表示</translation>
    </message>
    <message>
        <source>The hash does not match</source>
        <translation>ハッシュが一致しません</translation>
    </message>
    <message>
        <source>This recording cannot be played</source>
        <translation>この記録は再生できません</translation>
    </message>
    <message>
        <source>The recording could not be read</source>
        <translation>記録を読み込めませんでした</translation>
    </message>
    <message>
        <source>Play up to the damage</source>
        <translation>破損箇所の手前まで再生</translation>
    </message>
    <message>
        <source>This recording was altered or cut off after it was made. What comes before the damage can still be played: its hashes match. Nothing after it can be trusted. The audit log keeps the hash of the whole recording; a backup of the store may hold it unaltered.</source>
        <translation>この記録は、作成後に改ざんまたは切り詰められています。破損箇所より前はハッシュが一致しているため再生できますが、その先は信頼できません。記録全体のハッシュは監査ログに残っています。変更前の記録がストアのバックアップに残っている可能性があります。</translation>
    </message>
    <message>
        <source>This recording was altered or cut off at its beginning: nothing in it can be trusted. A backup of the store may hold it unaltered.</source>
        <translation>この記録は、先頭から改ざんまたは切り詰められているため、どの部分も信頼できません。変更前の記録がストアのバックアップに残っている可能性があります。</translation>
    </message>
</context>
<context>
    <name>fb::PlayerSide</name>
    <message>
        <source>Marks</source>
        <translation>目印</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>検索結果</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>検索結果</translation>
    </message>
    <message>
        <source>Details of the session</source>
        <translation>セッションの詳細</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>%1 x %2 at the start</source>
        <translation>開始時 %1 x %2</translation>
    </message>
    <message>
        <source>Hash</source>
        <translation>ハッシュ</translation>
    </message>
</context>
<context>
    <name>fb::PlayerTimeline</name>
    <message>
        <source>Place in the recording</source>
        <translation>記録内の位置</translation>
    </message>
</context>
<context>
    <name>fb::PostgresScreen</name>
    <message>
        <source>Connect to a shared PostgreSQL store</source>
        <translation>共有の PostgreSQL ストアに接続</translation>
    </message>
    <message>
        <source>A PostgreSQL 15 or newer database, created beforehand and owned by the user below. The first console creates its tables.</source>
        <translation>PostgreSQL 15 以降のデータベース。あらかじめ作成し、下のユーザーを所有者にしておきます。テーブルは最初のコンソールが作成します。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>接続</translation>
    </message>
    <message>
        <source>Required, name checked</source>
        <translation>必須 (サーバー名を検証)</translation>
    </message>
    <message>
        <source>Required, authority checked</source>
        <translation>必須 (認証局を検証)</translation>
    </message>
    <message>
        <source>Required, not checked</source>
        <translation>必須 (検証なし)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>ホスト</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>データベース</translation>
    </message>
    <message>
        <source>User</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>Password file</source>
        <translation>パスワードファイル</translation>
    </message>
    <message>
        <source>One line, host:port:database:user:password, mode 0600. Left empty: ~/.pgpass.</source>
        <translation>host:port:database:user:password の 1 行、モード 0600。空の場合は ~/.pgpass。</translation>
    </message>
</context>
<context>
    <name>fb::PrioritySheet</name>
    <message>
        <source>Priority of %1</source>
        <translation>%1 の優先度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Set the priority</source>
        <translation>優先度を設定</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先度</translation>
    </message>
    <message>
        <source>-20 is the highest priority, 19 the lowest; 0 is usual. Only root may go below 0.</source>
        <translation>-20 が最優先、19 が最後です。通常は 0 です。0 未満は root だけが設定できます。</translation>
    </message>
</context>
<context>
    <name>fb::ProcessColumns</name>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Sleeping</source>
        <translation>スリープ中</translation>
    </message>
    <message>
        <source>Device wait</source>
        <translation>デバイス待ち</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Traced</source>
        <translation>トレース中</translation>
    </message>
    <message>
        <source>Zombie</source>
        <translation>ゾンビ</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>アイドル</translation>
    </message>
    <message>
        <source>This is the system&apos;s first process and cannot be changed.</source>
        <translation>システムの最初のプロセスのため操作できません。</translation>
    </message>
    <message>
        <source>This is a kernel thread and cannot be changed.</source>
        <translation>カーネルのスレッドのため操作できません。</translation>
    </message>
    <message>
        <source>This belongs to a Flagbridge agent and cannot be changed.</source>
        <translation>Flagbridge エージェントのプロセスのため操作できません。</translation>
    </message>
    <message>
        <source>Process</source>
        <extracomment>column title: of a process</extracomment>
        <translation>プロセス</translation>
    </message>
    <message>
        <source>PID</source>
        <extracomment>column title: number of a process</extracomment>
        <translation>PID</translation>
    </message>
    <message>
        <source>User</source>
        <extracomment>column title: whose process it is</extracomment>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>CPU</source>
        <extracomment>column title: share of the processor</extracomment>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <extracomment>column title: resident memory</extracomment>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Memory share</source>
        <extracomment>column title: share of the machine&apos;s memory</extracomment>
        <translation>メモリ使用率</translation>
    </message>
    <message>
        <source>Threads</source>
        <extracomment>column title</extracomment>
        <translation>スレッド</translation>
    </message>
    <message>
        <source>Open files</source>
        <extracomment>column title: how many files and sockets it has open</extracomment>
        <translation>開いているファイル</translation>
    </message>
    <message>
        <source>Started</source>
        <extracomment>column title: when it began</extracomment>
        <translation>開始</translation>
    </message>
    <message>
        <source>Reads</source>
        <extracomment>column title: from disks</extracomment>
        <translation>読み取り</translation>
    </message>
    <message>
        <source>Writes</source>
        <extracomment>column title: to disks</extracomment>
        <translation>書き込み</translation>
    </message>
    <message>
        <source>Command line</source>
        <extracomment>column title: program and arguments</extracomment>
        <translation>コマンドライン</translation>
    </message>
    <message>
        <source>Parent</source>
        <extracomment>column title: the process that started it</extracomment>
        <translation>親プロセス</translation>
    </message>
    <message>
        <source>Priority</source>
        <extracomment>column title: of a process</extracomment>
        <translation>優先度</translation>
    </message>
</context>
<context>
    <name>fb::ProcessSignals</name>
    <message>
        <source>end cleanly</source>
        <translation>正常に終了する</translation>
    </message>
    <message>
        <source>end at once, without cleaning up</source>
        <translation>直ちに終了する (後始末はできない)</translation>
    </message>
    <message>
        <source>reload the settings, or end</source>
        <translation>設定を読み直す、または終了する</translation>
    </message>
    <message>
        <source>interrupt, like Ctrl+C</source>
        <translation>Ctrl+C と同じく中断する</translation>
    </message>
    <message>
        <source>end and leave a core file</source>
        <translation>コアファイルを残して終了する</translation>
    </message>
    <message>
        <source>pause</source>
        <translation>一時停止する</translation>
    </message>
    <message>
        <source>continue</source>
        <translation>再開する</translation>
    </message>
    <message>
        <source>meaning depends on the program</source>
        <translation>動作はプログラムによる</translation>
    </message>
    <message>
        <source>crash and leave a core file</source>
        <translation>異常終了し、コアファイルを残す</translation>
    </message>
</context>
<context>
    <name>fb::ProcessesTab</name>
    <message>
        <source>Show as a tree</source>
        <translation>ツリーで表示</translation>
    </message>
    <message>
        <source>Terminate</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>アクション</translation>
    </message>
    <message>
        <source>Start a process</source>
        <translation>プロセスを開始</translation>
    </message>
    <message>
        <source>Processes of this node</source>
        <translation>このノードのプロセス</translation>
    </message>
    <message>
        <source>Filter: type a word, or user=root</source>
        <translation>フィルター: 語句、または user=root</translation>
    </message>
    <message>
        <source>Reading the processes...</source>
        <translation>プロセスを読み取っています...</translation>
    </message>
    <message>
        <source>How often the processes are read</source>
        <translation>プロセスを読み取る間隔</translation>
    </message>
    <message numerus="yes">
        <source>every %n s</source>
        <translation>
            <numerusform>%n 秒ごと</numerusform>
        </translation>
    </message>
    <message>
        <source>What the CPU share refers to</source>
        <translation>CPU 使用率の基準</translation>
    </message>
    <message>
        <source>CPU of one core</source>
        <translation>CPU: 1 コアあたり</translation>
    </message>
    <message>
        <source>CPU of all cores</source>
        <translation>CPU: 全コア</translation>
    </message>
    <message>
        <source>The node is not connected, so its processes cannot be read. They appear here when it is back.</source>
        <translation>ノードが接続されていないため、プロセスを読み取れません。接続が戻るとここに表示されます。</translation>
    </message>
    <message>
        <source>Not connected. As of %1.</source>
        <translation>未接続。%1 時点の情報です。</translation>
    </message>
    <message>
        <source>The processes could not be read: %1</source>
        <translation>プロセスを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>As of %1. The last refresh failed: %2</source>
        <translation>%1 時点。直近の読み取りに失敗しました: %2</translation>
    </message>
    <message>
        <source>The first %1 of %2 processes, as of %3</source>
        <translation>%2 件中の先頭 %1 件のプロセス (%3 時点)</translation>
    </message>
    <message numerus="yes">
        <source>%n process(es), as of %1</source>
        <translation>
            <numerusform>%n 件のプロセス (%1 時点)</numerusform>
        </translation>
    </message>
    <message>
        <source>The node is not connected.</source>
        <translation>ノードが接続されていません。</translation>
    </message>
    <message>
        <source>Choose a process first.</source>
        <translation>先にプロセスを選択してください。</translation>
    </message>
    <message>
        <source>Terminate...</source>
        <translation>終了...</translation>
    </message>
    <message>
        <source>Terminate with all below it...</source>
        <translation>子孫も含めて終了...</translation>
    </message>
    <message>
        <source>Kill...</source>
        <translation>強制終了...</translation>
    </message>
    <message>
        <source>Send a signal...</source>
        <translation>シグナルを送信...</translation>
    </message>
    <message>
        <source>Change the priority...</source>
        <translation>優先度を変更...</translation>
    </message>
    <message>
        <source>Terminate %1 on %2?</source>
        <translation>%2 の %1 を終了しますか?</translation>
    </message>
    <message>
        <source>It gets the signal TERM and can clean up. Processes that it started keep running.</source>
        <translation>TERM シグナルを受け取り、後始末ができます。このプロセスが開始したプロセスは動き続けます。</translation>
    </message>
    <message>
        <source>Kill %1 on %2?</source>
        <translation>%2 の %1 を強制終了しますか?</translation>
    </message>
    <message>
        <source>It ends at once and cannot clean up: unsaved data is lost.</source>
        <translation>直ちに終了し、後始末はできません。書き込まれていないデータは失われます。</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>強制終了</translation>
    </message>
    <message>
        <source>Terminate %1 and all below it on %2?</source>
        <translation>%2 の %1 とその子孫をすべて終了しますか?</translation>
    </message>
    <message>
        <source>It and all processes below it are paused and get the signal TERM.</source>
        <translation>このプロセスとその子孫をすべて一時停止したうえで、シグナル TERM を送ります。</translation>
    </message>
    <message>
        <source>Terminate all</source>
        <translation>すべて終了</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n process(es) got the signal.</source>
        <translation>
            <numerusform>%n 件中 %1 件のプロセスにシグナルを送りました。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was started as process %2.</source>
        <translation>%1 をプロセス %2 として開始しました。</translation>
    </message>
    <message>
        <source>Process %1 now has priority %2.</source>
        <translation>プロセス %1 の優先度は %2 になりました。</translation>
    </message>
    <message numerus="yes">
        <source>The signal was sent to %n process(es).</source>
        <translation>
            <numerusform>%n 件のプロセスにシグナルを送りました。</numerusform>
        </translation>
    </message>
    <message>
        <source>The process was not started.</source>
        <translation>プロセスを開始できませんでした。</translation>
    </message>
    <message>
        <source>The priority of process %1 was not changed.</source>
        <translation>プロセス %1 の優先度を変更できませんでした。</translation>
    </message>
    <message>
        <source>The signal was not sent to process %1.</source>
        <translation>プロセス %1 にシグナルを送れませんでした。</translation>
    </message>
    <message>
        <source>%1 is still running.</source>
        <translation>%1 はまだ動いています。</translation>
    </message>
    <message numerus="yes">
        <source>It was asked to end %n second(s) ago. If killed, it cannot clean up.</source>
        <translation>
            <numerusform>%n 秒前に終了を求めました。強制終了すると後始末はできません。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ProfileSheet</name>
    <message>
        <source>New profile</source>
        <translation>新しいプロファイル</translation>
    </message>
    <message>
        <source>Change the profile %1</source>
        <translation>プロファイル %1 の変更</translation>
    </message>
    <message>
        <source>Create profile</source>
        <translation>プロファイルを作成</translation>
    </message>
    <message>
        <source>Change the profile</source>
        <translation>プロファイルを変更</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Letters, digits, dots, dashes and underscores. It cannot be changed.</source>
        <translation>英数字、ピリオド、ハイフン、アンダースコア。後から変更できません。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>説明</translation>
    </message>
    <message>
        <source>Optional.</source>
        <translation>省略できます。</translation>
    </message>
    <message>
        <source>Denied plugins</source>
        <translation>拒否するプラグイン</translation>
    </message>
    <message>
        <source>Steps that use one of these plugins fail on these nodes, and the error names the profile.</source>
        <translation>これらのノードでは、そのプラグインのステップがプロファイル名を示して失敗します。</translation>
    </message>
    <message>
        <source>Denied tools</source>
        <translation>拒否するツール</translation>
    </message>
    <message>
        <source>FleetTool/files covers uploads and downloads too.</source>
        <translation>FleetTool/files はアップロードとダウンロードも含みます。</translation>
    </message>
    <message>
        <source>Reports every</source>
        <translation>報告の間隔</translation>
    </message>
    <message>
        <source>Measures every</source>
        <translation>測定の間隔</translation>
    </message>
    <message>
        <source>The agent logs</source>
        <translation>エージェントのログ</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>Optional. Used when steps download, and set in the environment of scripts.</source>
        <translation>省略できます。ステップのダウンロードと、スクリプトの環境変数に使われます。</translation>
    </message>
    <message>
        <source>Update channel</source>
        <translation>更新チャネル</translation>
    </message>
    <message>
        <source>No profile was created.</source>
        <translation>プロファイルは作成されませんでした。</translation>
    </message>
    <message>
        <source>The profile was not changed.</source>
        <translation>プロファイルは変更されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::ProfileTable</name>
    <message>
        <source>nothing</source>
        <extracomment>what a node profile denies</extracomment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Everything (debug)</source>
        <extracomment>how much an agent logs</extracomment>
        <translation>すべて (debug)</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <extracomment>how much an agent logs</extracomment>
        <translation>警告とエラー</translation>
    </message>
    <message>
        <source>Errors</source>
        <extracomment>how much an agent logs</extracomment>
        <translation>エラー</translation>
    </message>
    <message>
        <source>Information (info)</source>
        <extracomment>how much an agent logs</extracomment>
        <translation>動作 (info)</translation>
    </message>
    <message>
        <source>Profile</source>
        <extracomment>column title</extracomment>
        <translation>プロファイル</translation>
    </message>
    <message>
        <source>New nodes</source>
        <extracomment>column title: whether new nodes get this profile</extracomment>
        <translation>新規ノード</translation>
    </message>
    <message>
        <source>get it</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>Nodes</source>
        <extracomment>column title: how many nodes have this profile</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Denies</source>
        <extracomment>column title: which plugins and tools a profile denies</extracomment>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Description</source>
        <extracomment>column title</extracomment>
        <translation>説明</translation>
    </message>
    <message>
        <source>Changed</source>
        <extracomment>column title: when a profile was changed last</extracomment>
        <translation>変更</translation>
    </message>
    <message>
        <source>none</source>
        <extracomment>no plugin, no tool is denied</extracomment>
        <translation>なし</translation>
    </message>
    <message>
        <source>Every node that joins with an activation of the profile Default gets this one.</source>
        <translation>プロファイル Default のアクティベーションで参加するノードには、このプロファイルが適用されます。</translation>
    </message>
    <message>
        <source>Only where their activation names it.</source>
        <translation>アクティベーションで指定された場合だけ適用されます。</translation>
    </message>
    <message>
        <source>Denied plugins</source>
        <translation>拒否するプラグイン</translation>
    </message>
    <message>
        <source>Denied tools</source>
        <translation>拒否するツール</translation>
    </message>
    <message>
        <source>Reports every</source>
        <translation>報告の間隔</translation>
    </message>
    <message>
        <source>Measures every</source>
        <translation>測定の間隔</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Update channel</source>
        <translation>更新チャネル</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>プロキシ</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>fb::ProfilesPage</name>
    <message>
        <source>The profile Default is built in.</source>
        <translation>プロファイル Default は組み込みです。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) use it. Assign another profile to them first.</source>
        <translation>
            <numerusform>%n 台のノードが使用しています。先に別のプロファイルを適用してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>New nodes get it.</source>
        <translation>新規ノードに適用されています。</translation>
    </message>
    <message>
        <source>Change...</source>
        <translation>変更...</translation>
    </message>
    <message>
        <source>Stop using for new nodes</source>
        <translation>新規ノードに適用しない</translation>
    </message>
    <message>
        <source>Use for new nodes</source>
        <translation>新規ノードに適用</translation>
    </message>
    <message>
        <source>Delete...</source>
        <translation>削除...</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>プロファイル</translation>
    </message>
    <message>
        <source>Node profiles</source>
        <translation>ノードプロファイル</translation>
    </message>
    <message>
        <source>Filter: type a word, or newnodes=yes</source>
        <translation>フィルター: 語句、または newnodes=yes</translation>
    </message>
    <message>
        <source>There are no node profiles.</source>
        <translation>ノードプロファイルはありません。</translation>
    </message>
    <message>
        <source>The node profiles could not be read.</source>
        <translation>ノードプロファイルを読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n profile(s)</source>
        <translation>
            <numerusform>プロファイル %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>New nodes get it</source>
        <translation>新規ノードに適用</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>新しいプロファイル</translation>
    </message>
    <message>
        <source>The profile %1 was created.</source>
        <translation>プロファイル %1 を作成しました。</translation>
    </message>
    <message>
        <source>The profile %1 was changed.</source>
        <translation>プロファイル %1 を変更しました。</translation>
    </message>
    <message>
        <source>Its online nodes use it now.</source>
        <translation>オンラインのノードにはもう適用されています。</translation>
    </message>
    <message>
        <source>Delete the profile %1?</source>
        <translation>プロファイル %1 を削除しますか?</translation>
    </message>
    <message>
        <source>No node, activation or setting uses it. This cannot be undone.</source>
        <translation>このプロファイルを指定するノード、アクティベーション、設定はありません。元に戻せません。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>The profile %1 was deleted.</source>
        <translation>プロファイル %1 を削除しました。</translation>
    </message>
    <message>
        <source>The profile %1 was not deleted.</source>
        <translation>プロファイル %1 は削除されませんでした。</translation>
    </message>
    <message>
        <source>New nodes get the profile %1.</source>
        <translation>新規ノードにはプロファイル %1 が適用されます。</translation>
    </message>
    <message>
        <source>New nodes get the profile of their activation.</source>
        <translation>新規ノードにはアクティベーションのプロファイルが適用されます。</translation>
    </message>
    <message>
        <source>The profile of new nodes was not changed.</source>
        <translation>新規ノードへの適用は変更されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::PublishSheet</name>
    <message>
        <source>Publish a build of the agent</source>
        <translation>エージェントのビルドを公開</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>署名</translation>
    </message>
    <message>
        <source>the command that signs the build</source>
        <translation>ビルドに署名するコマンド</translation>
    </message>
    <message>
        <source>Publish the build</source>
        <translation>ビルドを公開</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Progress of the publishing</source>
        <translation>公開の進行状況</translation>
    </message>
    <message>
        <source>The agent as a single executable file, at most 512 MiB.</source>
        <translation>単体で動作する 1 つのファイルのエージェント。512 MiB まで。</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>As the program prints with --version.</source>
        <translation>プログラムが --version で示すもの。</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>プラットフォーム</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>アーキテクチャ</translation>
    </message>
    <message>
        <source>As uname -m prints it.</source>
        <translation>uname -m が示すもの。</translation>
    </message>
    <message>
        <source>For this program, version, platform and architecture, made with the release key.</source>
        <translation>このプログラム、バージョン、プラットフォーム、アーキテクチャに対するリリースキーの署名。</translation>
    </message>
    <message>
        <source>Not signed yet? Run this where the private release key is kept:</source>
        <translation>まだ署名していない場合は、リリースキーの秘密鍵がある場所で実行してください。</translation>
    </message>
    <message>
        <source>Choose the program.</source>
        <translation>プログラムを選択してください。</translation>
    </message>
    <message>
        <source>Enter the version, such as 1.4.0.</source>
        <translation>1.4.0 のようにバージョンを入力してください。</translation>
    </message>
    <message>
        <source>Enter the architecture.</source>
        <translation>アーキテクチャを入力してください。</translation>
    </message>
    <message>
        <source>Choose the signature&apos;s file.</source>
        <translation>署名のファイルを選択してください。</translation>
    </message>
    <message>
        <source>Reading the files...</source>
        <translation>ファイルを読み込んでいます...</translation>
    </message>
    <message>
        <source>Reading the program: %1 of %2</source>
        <translation>プログラムの読み込み: %1 / %2</translation>
    </message>
    <message>
        <source>Sending it to the engine: %1 of %2</source>
        <translation>エンジンへの送信: %1 / %2</translation>
    </message>
    <message>
        <source>The build was not published.</source>
        <translation>ビルドは公開されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::QuitSheet</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit while something is running?</source>
        <translation>実行中のものがありますが終了しますか?</translation>
    </message>
    <message>
        <source>These stop now and leave nothing behind:</source>
        <translation>次の処理は中止され、何も残りません:</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>終了しない</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Quit?</source>
        <translation>終了しますか?</translation>
    </message>
    <message>
        <source>This console took over from an engine that ran without it. When it quits, no engine serves the fleet, unless one is kept running.</source>
        <translation>このコンソールは、ヘッドレスで動いていたエンジンから引き継ぎました。エンジンを継続しないまま終了すると、フリートを管理するエンジンがなくなります。</translation>
    </message>
    <message>
        <source>These continue on the nodes. Nodes that have not started wait while this console is closed; results arrive when it is opened again. If you keep the engine running, it continues with them.</source>
        <translation>次の処理はノード上で続きます。コンソールを閉じている間、未開始のノードは開始されず、結果は次に開いたときに届きます。エンジンを継続すれば、そのまま進みます。</translation>
    </message>
    <message>
        <source>Keep running headless</source>
        <translation>ヘッドレスで継続</translation>
    </message>
    <message>
        <source>The engine keeps running without a window; the next console takes over from it.</source>
        <translation>エンジンはウィンドウなしで動き続け、次に開いたコンソールが引き継ぎます。</translation>
    </message>
</context>
<context>
    <name>fb::RangeField</name>
    <message>
        <source>Time shown</source>
        <translation>表示期間</translation>
    </message>
    <message>
        <source>Such as &quot;last 3 h&quot; or &quot;2026-11-20 10:00 to 12:00&quot;</source>
        <translation>例: 「過去 3 時間」、「2026-11-20 10:00 から 12:00」</translation>
    </message>
    <message>
        <source>Choose the time shown</source>
        <translation>表示期間を選択</translation>
    </message>
</context>
<context>
    <name>fb::RecordPage</name>
    <message>
        <source>Load older entries</source>
        <translation>以前のエントリを読み込む</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Show or hide details (Ctrl+D)</source>
        <translation>詳細の表示/非表示 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Reading older entries...</source>
        <translation>以前のエントリを読み込み中...</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Hold new entries (Space)</source>
        <translation>新しいエントリを待たせる (Space)</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>再開</translation>
    </message>
    <message numerus="yes">
        <source>%n new - Show</source>
        <translation>
            <numerusform>新着 %n 件 - 表示</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the list...</source>
        <translation>一覧を読み込んでいます...</translation>
    </message>
    <message>
        <source>Search older entries</source>
        <translation>古いエントリも検索</translation>
    </message>
    <message>
        <source>Searching older entries, %1 read. Stop</source>
        <translation>古いエントリを検索中 (%1 件読み込み済み)。停止</translation>
    </message>
    <message>
        <source>The newest %1 entries are searched</source>
        <translation>最新の %1 件を検索済み</translation>
    </message>
</context>
<context>
    <name>fb::RecordPane</name>
    <message>
        <source>Raw text</source>
        <translation>元のテキスト</translation>
    </message>
    <message>
        <source>Parts of the details</source>
        <translation>詳細の項目</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Raw</translation>
    </message>
    <message>
        <source>Close details</source>
        <translation>詳細を閉じる</translation>
    </message>
    <message>
        <source>Copy the ID</source>
        <translation>ID をコピー</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
</context>
<context>
    <name>fb::RecordedTerminal</name>
    <message>
        <source>Recorded terminal</source>
        <translation>記録されたターミナル</translation>
    </message>
</context>
<context>
    <name>fb::Recording</name>
    <message>
        <source>The recording is empty.</source>
        <translation>記録が空です。</translation>
    </message>
    <message>
        <source>This is not a recording that can be played: its first line is not an asciinema header.</source>
        <translation>再生できる記録ではありません。先頭行が asciinema のヘッダーではありません。</translation>
    </message>
</context>
<context>
    <name>fb::RecordingMatchTable</name>
    <message>
        <source>On the screen</source>
        <extracomment>column title: a line that stood on the screen of a session</extracomment>
        <translation>画面の表示</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Operator</source>
        <extracomment>column title: whose session it is</extracomment>
        <translation>オペレーター</translation>
    </message>
    <message>
        <source>At</source>
        <extracomment>column title: time since the begin of the recording</extracomment>
        <translation>位置</translation>
    </message>
    <message>
        <source>Shown</source>
        <extracomment>column title: when a line stood on the screen</extracomment>
        <translation>表示時刻</translation>
    </message>
</context>
<context>
    <name>fb::RecordingSearchPage</name>
    <message>
        <source>Recording search</source>
        <translation>記録の検索</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>Filter the matches: type a word, or node=web-01</source>
        <translation>一致のフィルター: 語句、または node=web-01</translation>
    </message>
    <message>
        <source>Enter words that appeared on a screen. The recordings of all sessions are searched, newest first, as the screens showed them, including text that a program drew piece by piece.</source>
        <translation>画面に表示された語句を入力してください。すべてのセッションの記録を、画面に表示されたとおりに、新しいものから検索します。プログラムが少しずつ描いた文字も見つかります。</translation>
    </message>
    <message>
        <source>The recordings could not be searched.</source>
        <translation>記録を検索できませんでした。</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>画面の表示</translation>
    </message>
    <message>
        <source>At</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>オペレーター</translation>
    </message>
    <message>
        <source>Session began</source>
        <translation>セッション開始</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>ここから再生</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>大文字と小文字を区別</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
    <message>
        <source>Words on the screen</source>
        <translation>画面の語句</translation>
    </message>
    <message>
        <source>Words that appeared on the screen</source>
        <translation>画面に表示された語句</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>Type at least %n character(s).</source>
        <translation>
            <numerusform>%n 文字以上入力してください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 件の一致</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n recording(s) so far</source>
        <translation>
            <numerusform>これまでに記録 %n 件を検索、%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n recording(s)</source>
        <translation>
            <numerusform>記録 %n 件を検索、%1</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止しました</translation>
    </message>
    <message numerus="yes">
        <source>%n with more matches than are listed</source>
        <translation>
            <numerusform>一覧に収まらない記録が %n 件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n 件は読み取れませんでした</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a sentence</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>fb::ReenrolSheet</name>
    <message>
        <source>Re-enrol %1</source>
        <translation>%1 の再登録</translation>
    </message>
    <message>
        <source>For a machine that was reinstalled: a single-use token makes it this node again, under the same ID, with its name, tags and history. The node&apos;s present certificate and connection end when the token is used.</source>
        <translation>再インストールしたマシン用です。1 回限りのトークンで、同じ ID、名前、タグ、履歴を持つこのノードに戻ります。現在の証明書と接続は無効になります。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Create a token</source>
        <translation>トークンを作成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>What to paste</source>
        <translation>貼り付ける内容</translation>
    </message>
    <message>
        <source>No token was created.</source>
        <translation>トークンを作成できませんでした。</translation>
    </message>
    <message>
        <source>Paste this on the reinstalled machine. It is shown only once and works until %1, for one machine.</source>
        <translation>再インストールしたマシンに貼り付けてください。表示は今回限りで、%1 まで 1 台に使えます。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
</context>
<context>
    <name>fb::RegisterAnewSheet</name>
    <message>
        <source>Register the other machine as a new node</source>
        <translation>もう一方のマシンを新しいノードとして登録</translation>
    </message>
    <message>
        <source>The other machine has a copy of the identity of %1, usually from a disk image. Create an activation for it, then run this there with the activation&apos;s values. It becomes a node of its own; %1 is not affected.</source>
        <translation>もう一方のマシンは、多くの場合ディスクイメージから %1 の ID を複製しています。アクティベーションを作成し、その値を使ってもう一方のマシンで次を実行してください。独立したノードになり、%1 には影響しません。</translation>
    </message>
    <message>
        <source>What to run on the other machine</source>
        <translation>もう一方のマシンで実行するコマンド</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Before you image a disk, run flagbridge-agent prepare-image --state DIR to wipe its identity, so that copies are not clones.</source>
        <translation>ディスクのイメージを作る前に flagbridge-agent prepare-image --state DIR を実行すると ID が消去され、コピーは複製になりません。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Create an activation</source>
        <translation>アクティベーションを作成</translation>
    </message>
</context>
<context>
    <name>fb::RelativeTime</name>
    <message>
        <source>never</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>%1 秒前</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 時間前</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 日前</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 時間 %2 分</translation>
    </message>
</context>
<context>
    <name>fb::ReleaseKeyLine</name>
    <message>
        <source>Copy the release key</source>
        <translation>リリースキーをコピー</translation>
    </message>
    <message>
        <source>Set the release key...</source>
        <translation>リリースキーを設定...</translation>
    </message>
    <message>
        <source>No release key is set yet: builds cannot be published, and nodes do not accept any.</source>
        <translation>リリースキーはまだ設定されていません。ビルドを公開できず、ノードも受け取りません。</translation>
    </message>
    <message>
        <source>Release key</source>
        <translation>リリースキー</translation>
    </message>
    <message>
        <source>Who set the release key and when, in the audit log</source>
        <translation>リリースキーを誰がいつ設定したかを監査ログで見る</translation>
    </message>
    <message>
        <source>set by %1, %2</source>
        <translation>%1 が設定、%2</translation>
    </message>
</context>
<context>
    <name>fb::ReleaseKeySheet</name>
    <message>
        <source>Set the release key</source>
        <translation>リリースキーを設定</translation>
    </message>
    <message>
        <source>Public key</source>
        <translation>公開鍵</translation>
    </message>
    <message>
        <source>An Ed25519 public key: PEM, or 64 hex digits. The private key stays where builds are made.</source>
        <translation>Ed25519 の公開鍵。PEM または 16 進数 64 桁。秘密鍵はビルドを作る場所に置いたままにします。</translation>
    </message>
    <message>
        <source>Set the key</source>
        <translation>キーを設定</translation>
    </message>
    <message>
        <source>Nodes registered from now on accept only agent builds signed with this key.</source>
        <translation>今後登録されるノードは、このキーで署名されたエージェントのビルドだけを受け取ります。</translation>
    </message>
    <message>
        <source>Nodes registered from now on trust the new key. Existing nodes keep the key they were registered with: they accept no build signed with the new key unless their agent is started with --release-key.</source>
        <translation>今後登録されるノードは新しいキーを信頼します。登録済みのノードは登録時のキーを使い続けます。エージェントを --release-key 付きで起動しない限り、新しいキーで署名されたビルドは受け取りません。</translation>
    </message>
    <message>
        <source>No key yet? Create one where builds are made:</source>
        <translation>キーがまだない場合は、ビルドを作る場所で作成してください。</translation>
    </message>
    <message>
        <source>commands that create a key</source>
        <translation>キーを作成するコマンド</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Choose the file of the public key.</source>
        <translation>公開鍵のファイルを選択してください。</translation>
    </message>
    <message>
        <source>The release key was not set.</source>
        <translation>リリースキーは設定されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::RemoteDesktops</name>
    <message>
        <source>This machine has no RDP client. Install FreeRDP: the package freerdp2-x11.</source>
        <translation>このマシンには RDP クライアントがありません。FreeRDP (パッケージ freerdp2-x11) をインストールしてください。</translation>
    </message>
    <message numerus="yes">
        <source>%n remote desktop(s) are open, which is the limit.</source>
        <translation>
            <numerusform>リモートデスクトップは %n 件まで開けます。すでに上限です。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remote desktop %1</source>
        <extracomment>name of a tunnel; %1 counts up</extracomment>
        <translation>リモートデスクトップ %1</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 を起動できませんでした: %2</translation>
    </message>
    <message>
        <source>The RDP client ended with code %1.</source>
        <translation>RDP クライアントがコード %1 で終了しました。</translation>
    </message>
    <message>
        <source>The RDP client reported: %1</source>
        <translation>RDP クライアントの応答: %1</translation>
    </message>
    <message numerus="yes">
        <source>A remote desktop ends after %n minute(s) unless it is renewed.</source>
        <translation>
            <numerusform>リモートデスクトップは、延長しなければ %n 分で終了します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was idle for %n minute(s).</source>
        <translation>
            <numerusform>%n 分間操作がありませんでした。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RemoteFilesSheet</name>
    <message>
        <source>Attach from S3</source>
        <translation>S3 から添付</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>s3://bucket/path, or the https:// address at your S3 server</source>
        <translation>s3://バケット/パス、または S3 サーバーの https:// アドレス</translation>
    </message>
    <message>
        <source>Name of the attachment</source>
        <translation>添付ファイルの名前</translation>
    </message>
    <message>
        <source>3 to 128 letters, digits, _, - and .</source>
        <translation>英数字、_、-、. を 3～128 文字</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>添付</translation>
    </message>
    <message>
        <source>One file</source>
        <translation>1 つのファイル</translation>
    </message>
    <message>
        <source>A folder: all its files</source>
        <translation>フォルダ (すべてのファイル)</translation>
    </message>
    <message>
        <source>The engine fetches the files into its own store and makes a new version of the document, which can be run once they are there. The S3 server and its key are in the fleet&apos;s settings.</source>
        <translation>エンジンがファイルを自分のストアに取得し、ドキュメントの新しいバージョンを作成します。ファイルがそろうと実行できます。S3 サーバーとキーはフリート設定で指定します。</translation>
    </message>
    <message>
        <source>What to attach</source>
        <translation>添付するもの</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The address begins with s3:// or https://.</source>
        <translation>アドレスは s3:// または https:// で始まります。</translation>
    </message>
    <message>
        <source>A file needs the name that it is attached by.</source>
        <translation>ファイルには添付時の名前が必要です。</translation>
    </message>
    <message>
        <source>Nothing was attached.</source>
        <translation>何も添付されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::RequestEditor</name>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>The request as text</source>
        <translation>リクエストのテキスト</translation>
    </message>
    <message>
        <source>The SendCommand request. Changes are applied to the form.</source>
        <translation>SendCommand に渡す内容です。変更はフォームに反映されます。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1 行目: %2</translation>
    </message>
</context>
<context>
    <name>fb::RowEditor</name>
    <message>
        <source>Add a pair</source>
        <translation>ペアを追加</translation>
    </message>
    <message>
        <source>Add a value</source>
        <translation>値を追加</translation>
    </message>
    <message>
        <source>Remove this row</source>
        <translation>この行を削除</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <extracomment>name of a field for screen readers; %1 a parameter, %2 the number of its row</extracomment>
        <translation>%1、キー %2</translation>
    </message>
    <message>
        <source>%1, value %2</source>
        <extracomment>name of a field for screen readers; %1 a parameter, %2 the number of its row</extracomment>
        <translation>%1、値 %2</translation>
    </message>
</context>
<context>
    <name>fb::RunActivities</name>
    <message numerus="yes">
        <source>%n node(s) succeeded</source>
        <translation>
            <numerusform>%n 台のノードが成功</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) succeeded</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードが成功</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) done</source>
        <translation>
            <numerusform>%n 台中 %1 台のノードが完了</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nodes that have not started are skipped; %n running one(s) are asked to stop.</source>
        <translation>
            <numerusform>未開始のノードはスキップされ、実行中の %n 台には停止を要求します。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has ended</source>
        <translation>%1 が終了しました</translation>
    </message>
    <message>
        <source>Open the run</source>
        <translation>実行を開く</translation>
    </message>
</context>
<context>
    <name>fb::RunChangeTable</name>
    <message>
        <source>not in this run</source>
        <translation>この実行にはなし</translation>
    </message>
    <message>
        <source>Worse</source>
        <extracomment>of a node: it had succeeded in the first run and did not in the second</extracomment>
        <translation>悪化</translation>
    </message>
    <message>
        <source>Better</source>
        <extracomment>of a node: it had not succeeded in the first run and did in the second</extracomment>
        <translation>改善</translation>
    </message>
    <message>
        <source>Different</source>
        <extracomment>of a node: it succeeded in neither run, but ended in another way</extracomment>
        <translation>別の結果</translation>
    </message>
    <message>
        <source>Same</source>
        <extracomment>of a node: both runs came to the same</extracomment>
        <translation>同じ</translation>
    </message>
    <message>
        <source>First run only</source>
        <translation>1 つ目の実行のみ</translation>
    </message>
    <message>
        <source>Second run only</source>
        <translation>2 つ目の実行のみ</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>First run</source>
        <translation>1 つ目の実行</translation>
    </message>
    <message>
        <source>Second run</source>
        <translation>2 つ目の実行</translation>
    </message>
    <message>
        <source>Change</source>
        <extracomment>column title: better, worse, the same</extracomment>
        <translation>変化</translation>
    </message>
    <message>
        <source>Exit codes</source>
        <translation>終了コード</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>differs</source>
        <extracomment>of a node&apos;s output in two runs</extracomment>
        <translation>異なる</translation>
    </message>
    <message>
        <source>the same</source>
        <comment>output</comment>
        <translation>同じ</translation>
    </message>
    <message>
        <source>Node ID</source>
        <translation>ノード ID</translation>
    </message>
</context>
<context>
    <name>fb::RunComparePage</name>
    <message>
        <source>Compare two runs</source>
        <translation>2 件の実行を比較</translation>
    </message>
    <message>
        <source>Swap the runs</source>
        <translation>入れ替え</translation>
    </message>
    <message>
        <source>Filter: type a word, or change=worse</source>
        <translation>フィルター: 語句、または change=悪化</translation>
    </message>
    <message>
        <source>Nodes of both runs</source>
        <translation>両方の実行のノード</translation>
    </message>
    <message>
        <source>Differences of the output</source>
        <translation>出力の違い</translation>
    </message>
    <message>
        <source>Previous change (Shift+F7)</source>
        <translation>前の変更 (Shift+F7)</translation>
    </message>
    <message>
        <source>Next change (F7)</source>
        <translation>次の変更 (F7)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message>
        <source>First: %1   Second: %2</source>
        <translation>1 つ目: %1   2 つ目: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n output(s) differ</source>
        <translation>
            <numerusform>出力の違い: %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a node to see how its output differs.</source>
        <translation>ノードを選ぶと、出力の違いが表示されます。</translation>
    </message>
    <message>
        <source>Nothing was printed in either run.</source>
        <translation>どちらの実行でも何も出力されていません。</translation>
    </message>
    <message>
        <source>The output is the same.</source>
        <translation>出力は同じです。</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the output differ</source>
        <translation>
            <numerusform>出力の %n 行が異なります</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunForm</name>
    <message>
        <source>Kernel update, second try</source>
        <translation>カーネル更新、2 回目</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Comment (optional)</source>
        <translation>コメント (任意)</translation>
    </message>
    <message>
        <source>What is it for? It becomes the title of the run.</source>
        <translation>目的を入力します。実行のタイトルになります。</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>ターゲット</translation>
    </message>
    <message>
        <source>Rate and time</source>
        <translation>レートと時間</translation>
    </message>
    <message>
        <source> s</source>
        <extracomment>seconds, after a number</extracomment>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Nodes at once</source>
        <translation>同時実行数</translation>
    </message>
    <message>
        <source>a number, or 10%</source>
        <translation>数値、または 10%</translation>
    </message>
    <message>
        <source>Errors allowed</source>
        <translation>エラーのしきい値</translation>
    </message>
    <message>
        <source>Nodes must start within</source>
        <translation>開始までの制限時間</translation>
    </message>
    <message>
        <source>30 to 2592000 seconds</source>
        <translation>30～2,592,000 秒</translation>
    </message>
    <message>
        <source>Enter 1 or more, or 1% to 100%.</source>
        <translation>1 以上、または 1%~100% を入力してください。</translation>
    </message>
    <message>
        <source>Enter 0 or more, or 0% to 100%.</source>
        <translation>0 以上、または 0%~100% を入力してください。</translation>
    </message>
    <message>
        <source>Choose a document.</source>
        <translation>ドキュメントを選択してください。</translation>
    </message>
    <message>
        <source>There is no Command document %1 that you may run. It may have been deleted or renamed. Choose another one.</source>
        <translation>実行できる Command ドキュメント %1 はありません。削除されたか、名前が変わった可能性があります。別のドキュメントを選んでください。</translation>
    </message>
</context>
<context>
    <name>fb::RunNodesTab</name>
    <message>
        <source>How the nodes are listed</source>
        <translation>ノードの並べ方</translation>
    </message>
    <message>
        <source>Same output</source>
        <translation>同じ出力ごと</translation>
    </message>
    <message>
        <source>Every node</source>
        <translation>ノードごと</translation>
    </message>
    <message>
        <source>Filter: type a word, or state=failed</source>
        <translation>フィルター: 語句、または state=failed</translation>
    </message>
    <message numerus="yes">
        <source>%n different output(s)</source>
        <translation>
            <numerusform>%n 種類の出力</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for the first result</source>
        <translation>最初の結果を待っています</translation>
    </message>
    <message>
        <source>Compare with largest</source>
        <translation>最多の出力と比較</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>長い行を折り返す</translation>
    </message>
    <message>
        <source>Copy the output</source>
        <translation>出力をコピー</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>Nodes in this group</source>
        <translation>このグループのノード</translation>
    </message>
    <message>
        <source>Nodes of this run</source>
        <translation>この実行のノード</translation>
    </message>
    <message>
        <source>Output of the chosen node</source>
        <translation>選択したノードの出力</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) with the same output</source>
        <translation>
            <numerusform>%n 台が同じ出力</numerusform>
        </translation>
    </message>
    <message>
        <source>standard error, %1</source>
        <translation>標準エラー、%1</translation>
    </message>
    <message>
        <source>No output.</source>
        <translation>出力はありません。</translation>
    </message>
    <message numerus="yes">
        <source>Run on these %n</source>
        <translation>
            <numerusform>この %n 台で実行</numerusform>
        </translation>
    </message>
    <message>
        <source>live</source>
        <translation>ライブ</translation>
    </message>
    <message>
        <source>No node has run this.</source>
        <translation>実行したノードはありません。</translation>
    </message>
    <message>
        <source>The first output appears here as it arrives.</source>
        <translation>最初の出力が届き次第、ここに表示されます。</translation>
    </message>
    <message>
        <source>Choose a node to see its output.</source>
        <translation>ノードを選ぶと出力が表示されます。</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>まだ出力はありません。</translation>
    </message>
</context>
<context>
    <name>fb::RunPage</name>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再実行</translation>
    </message>
    <message>
        <source>Copy the command ID</source>
        <translation>コマンド ID をコピー</translation>
    </message>
    <message>
        <source>Parts of this run</source>
        <translation>この実行の内容</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>ターゲット</translation>
    </message>
    <message>
        <source>Nodes at once</source>
        <translation>同時実行数</translation>
    </message>
    <message>
        <source>Errors allowed</source>
        <translation>エラーのしきい値</translation>
    </message>
    <message>
        <source>Start within</source>
        <translation>開始までの時間</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>%1、バージョン %2</translation>
    </message>
    <message>
        <source>Started %1 by %2</source>
        <translation>%2 が %1に開始</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) done</source>
        <translation>
            <numerusform>%n 台中 %1 台が完了</numerusform>
        </translation>
    </message>
    <message>
        <source>took %1</source>
        <translation>所要時間 %1</translation>
    </message>
    <message>
        <source>%1 nodes per second</source>
        <translation>毎秒 %1 台</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>残り約 %1</translation>
    </message>
    <message>
        <source>%1 at once, stops after %2 errors</source>
        <translation>同時 %1、エラー %2 超で停止</translation>
    </message>
    <message>
        <source>%1 at once, stops at the first error</source>
        <translation>同時 %1、最初のエラーで停止</translation>
    </message>
    <message>
        <source>Everything known about this run, as JSON</source>
        <translation>この実行のすべての情報 (JSON)</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>その他のアクション</translation>
    </message>
    <message>
        <source>Run again on failed only</source>
        <translation>失敗したノードのみ再実行</translation>
    </message>
    <message>
        <source>Events of this run</source>
        <translation>この実行のイベント</translation>
    </message>
    <message>
        <source>What was done with this run</source>
        <translation>この実行に対する操作</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>概要</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Rate and timing</source>
        <translation>レートと時間</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>イベント</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Raw</translation>
    </message>
    <message>
        <source>Copy to new</source>
        <translation>コピーして新規作成</translation>
    </message>
    <message>
        <source>This run could not be read or changed.</source>
        <translation>この実行を読み取り、または変更できませんでした。</translation>
    </message>
    <message>
        <source>The run: %1</source>
        <translation>実行全体: %1</translation>
    </message>
    <message>
        <source>%1 asked to cancel it</source>
        <translation>%1 がキャンセルをリクエスト</translation>
    </message>
    <message>
        <source>%1 sent it</source>
        <translation>%1 が送信</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) that have not started are skipped.</source>
        <translation>
            <numerusform>まだ開始していない %n 台のノードは実行されません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running node(s) are asked to stop; what they have done stays.</source>
        <translation>
            <numerusform>実行中の %n 台のノードに停止を要求します。実行済みの処理は元に戻りません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel this run?</source>
        <translation>この実行をキャンセルしますか?</translation>
    </message>
    <message>
        <source>Nothing is left to stop.</source>
        <translation>停止するものはありません。</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>実行をキャンセル</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>リクエスト日時</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>要求者</translation>
    </message>
    <message>
        <source>Command ID</source>
        <translation>コマンド ID</translation>
    </message>
    <message>
        <source>Nodes (%1)</source>
        <translation>ノード (%1)</translation>
    </message>
</context>
<context>
    <name>fb::RunRate</name>
    <message numerus="yes">
        <source>%n at a time; errors do not stop it.</source>
        <translation>
            <numerusform>同時に %n 台で実行し、エラーでは停止しません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n at a time; the first ones slower. It stops at error %1.</source>
        <translation>
            <numerusform>同時に %n 台で実行します (最初は少なめ)。%1 件目のエラーで停止します。</numerusform>
        </translation>
    </message>
    <message>
        <source>If each node takes the longest time allowed, the last ones never start. Allow %1 minutes, or more nodes at once.</source>
        <translation>各ノードが上限まで時間を使うと、最後のノードは開始できません。%1 分に延ばすか、同時実行数を増やしてください。</translation>
    </message>
</context>
<context>
    <name>fb::RunRateTab</name>
    <message>
        <source>How many nodes are done?</source>
        <translation>完了したノードの数</translation>
    </message>
    <message>
        <source>No node has started yet.</source>
        <translation>まだ開始したノードはありません。</translation>
    </message>
    <message>
        <source>Milestones of this run</source>
        <translation>この実行の節目</translation>
    </message>
    <message>
        <source>%1 of %2, %3 per second</source>
        <translation>%2 台中 %1 台、毎秒 %3 台</translation>
    </message>
</context>
<context>
    <name>fb::RunReport</name>
    <message>
        <source>Started</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Failed or timed out</source>
        <translation>失敗またはタイムアウト</translation>
    </message>
    <message>
        <source>Requested by %1</source>
        <translation>%1 がリクエスト</translation>
    </message>
    <message>
        <source>First start, on %1</source>
        <translation>最初の開始 (%1)</translation>
    </message>
    <message>
        <source>First error, on %1</source>
        <translation>最初のエラー (%1)</translation>
    </message>
    <message>
        <source>Half of the nodes done</source>
        <translation>ノードの半数が完了</translation>
    </message>
    <message>
        <source>Last node done, %1</source>
        <translation>最後のノードが完了 (%1)</translation>
    </message>
    <message>
        <source>%1 started</source>
        <translation>%1 が開始</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>%1 a node&apos;s name, %2 how its run ended</extracomment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>fb::RunRequestText</name>
    <message>
        <source>Enter an object with DocumentName, Parameters and Targets.</source>
        <translation>DocumentName、Parameters、Targets を持つオブジェクトを書いてください。</translation>
    </message>
    <message>
        <source>%1 takes one string.</source>
        <translation>%1 は 1 つの文字列です。</translation>
    </message>
    <message>
        <source>Enter 30 to 2592000 seconds for TimeoutSeconds.</source>
        <translation>TimeoutSeconds には 30～2592000 秒を入力してください。</translation>
    </message>
    <message>
        <source>%1 takes a list of strings.</source>
        <translation>%1 は文字列のリストです。</translation>
    </message>
    <message>
        <source>Parameters takes an object: each parameter&apos;s name and its values.</source>
        <translation>Parameters は、パラメータ名とその値を持つオブジェクトです。</translation>
    </message>
    <message>
        <source>Targets takes a list of objects with Key and Values.</source>
        <translation>Targets は、Key と Values を持つオブジェクトのリストです。</translation>
    </message>
    <message>
        <source>%1 is not a known field.</source>
        <translation>%1 は使用できないキーです。</translation>
    </message>
    <message>
        <source>Enter a DocumentName.</source>
        <translation>DocumentName を入力してください。</translation>
    </message>
    <message>
        <source>Choose one kind of target: nodes, tags or all nodes.</source>
        <translation>ノード、タグ、すべてのノードのいずれか 1 つを指定してください。</translation>
    </message>
</context>
<context>
    <name>fb::RunTableModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Run</source>
        <extracomment>column title: a run of a document</extracomment>
        <translation>実行名</translation>
    </message>
    <message>
        <source>Status</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Document</source>
        <extracomment>column title</extracomment>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Nodes done</source>
        <extracomment>column title: how many nodes are done</extracomment>
        <translation>完了したノード</translation>
    </message>
    <message>
        <source>Requested</source>
        <extracomment>column title: when the run was asked for</extracomment>
        <translation>リクエスト日時</translation>
    </message>
    <message>
        <source>By</source>
        <extracomment>column title: who asked for the run</extracomment>
        <translation>実行者</translation>
    </message>
    <message>
        <source>Duration</source>
        <extracomment>column title</extracomment>
        <translation>所要時間</translation>
    </message>
    <message>
        <source>Command ID</source>
        <extracomment>column title</extracomment>
        <translation>コマンド ID</translation>
    </message>
</context>
<context>
    <name>fb::RunWords</name>
    <message>
        <source>Waiting</source>
        <extracomment>after a number: how many nodes</extracomment>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Waiting for the node</source>
        <translation>ノードの接続待ち</translation>
    </message>
    <message>
        <source>Running</source>
        <extracomment>after a number: how many nodes</extracomment>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>キャンセル中</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Failed</source>
        <extracomment>after a number: how many nodes</extracomment>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Execution timed out</source>
        <translation>実行タイムアウト</translation>
    </message>
    <message>
        <source>Delivery timed out</source>
        <translation>配信タイムアウト</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル済み</translation>
    </message>
    <message>
        <source>Stopped after errors</source>
        <translation>エラーにより停止</translation>
    </message>
    <message>
        <source>Undeliverable</source>
        <translation>配信不能</translation>
    </message>
    <message>
        <source>Wrong platform</source>
        <translation>プラットフォーム不一致</translation>
    </message>
    <message>
        <source>Access denied</source>
        <translation>アクセス拒否</translation>
    </message>
    <message>
        <source>No node matched</source>
        <translation>該当ノードなし</translation>
    </message>
    <message>
        <source>Too many waiting</source>
        <translation>待機数超過</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>未完了</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <extracomment>after a number: how many nodes</extracomment>
        <translation>成功</translation>
    </message>
    <message>
        <source>Timed out</source>
        <extracomment>after a number: how many nodes</extracomment>
        <translation>タイムアウト</translation>
    </message>
    <message>
        <source>Not run</source>
        <extracomment>after a number: how many nodes</extracomment>
        <translation>未実行</translation>
    </message>
    <message>
        <source>All nodes</source>
        <translation>すべてのノード</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen node(s)</source>
        <translation>
            <numerusform>選択した %n 台のノード</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunsPage</name>
    <message>
        <source>Run a document</source>
        <translation>ドキュメントを実行</translation>
    </message>
    <message>
        <source>Run Command</source>
        <translation>Run Command</translation>
    </message>
    <message>
        <source>Filter: type a word, or status=failed</source>
        <translation>フィルター: 語句、または status=failed</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行の一覧</translation>
    </message>
    <message>
        <source>Nothing has been run yet. A run sends a document, such as a shell script, to the nodes you choose and keeps the output of each.</source>
        <translation>まだ何も実行されていません。シェルスクリプトなどのドキュメントを選択したノードへ送り、それぞれの出力を記録します。</translation>
    </message>
    <message>
        <source>The runs could not be read.</source>
        <translation>実行の一覧を読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>実行 %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Load older runs</source>
        <translation>以前の実行を読み込む</translation>
    </message>
    <message>
        <source>Reading older runs...</source>
        <translation>以前の実行を読み込み中...</translation>
    </message>
    <message>
        <source>Reading the runs...</source>
        <translation>実行履歴を読み込んでいます...</translation>
    </message>
    <message>
        <source>Search older runs</source>
        <translation>古い実行も検索</translation>
    </message>
    <message>
        <source>Searching older runs, %1 read. Stop</source>
        <translation>古い実行を検索中 (%1 件読み込み済み)。停止</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Compares two selected runs, or the selected one with the previous run of the same document</source>
        <translation>選んだ 2 件の実行、または選んだ実行と、同じドキュメントの 1 つ前の実行</translation>
    </message>
</context>
<context>
    <name>fb::SearchBar</name>
    <message>
        <source>Regular expression</source>
        <translation>正規表現</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>大文字と小文字を区別</translation>
    </message>
    <message>
        <source>Find in the session</source>
        <translation>セッション内を検索</translation>
    </message>
    <message>
        <source>Next older match (Enter)</source>
        <translation>前の一致へ (Enter)</translation>
    </message>
    <message>
        <source>Next newer match (Shift+Enter)</source>
        <translation>次の一致へ (Shift+Enter)</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>検索を閉じる (Esc)</translation>
    </message>
    <message>
        <source>Invalid pattern</source>
        <translation>無効な正規表現</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>一致なし</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>検索中</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>match number of matches</comment>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 件一致</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 matches</source>
        <comment>more than can be counted: 100,000+</comment>
        <translation>%1 件一致</translation>
    </message>
</context>
<context>
    <name>fb::SecretField</name>
    <message>
        <source>Show what is typed</source>
        <translation>入力内容を表示</translation>
    </message>
    <message>
        <source>Hide what is typed</source>
        <translation>入力内容を隠す</translation>
    </message>
</context>
<context>
    <name>fb::SegmentLegend</name>
    <message>
        <source>%1 %2. Enter shows only these.</source>
        <translation>%1 %2。Enter でこれだけを表示します。</translation>
    </message>
</context>
<context>
    <name>fb::ServiceColumns</name>
    <message>
        <source>It is started by other units, not at start-up.</source>
        <translation>ユニットファイルに自動起動の指定がありません。ほかのユニットから起動されます。</translation>
    </message>
    <message>
        <source>It was generated by a program, not from a unit file.</source>
        <translation>ユニットファイルではなく、プログラムによって生成されたものです。</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Restarts soon</source>
        <translation>再起動待ち</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>起動中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Reloading</source>
        <translation>再読み込み中</translation>
    </message>
    <message>
        <source>Masked</source>
        <translation>マスク済み</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Not usable</source>
        <translation>使用不可</translation>
    </message>
    <message>
        <source>Finished</source>
        <extracomment>of a unit: it did its work and ended well</extracomment>
        <translation>完了</translation>
    </message>
    <message>
        <source>Waiting</source>
        <extracomment>of a timer: for its time</extracomment>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Listening</source>
        <extracomment>of a socket</extracomment>
        <translation>待ち受け中</translation>
    </message>
    <message>
        <source>Mounted</source>
        <extracomment>of a file system</extracomment>
        <translation>マウント済み</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>アクティブ</translation>
    </message>
    <message>
        <source>Enabled</source>
        <extracomment>of a unit: it starts with the machine</extracomment>
        <translation>有効</translation>
    </message>
    <message>
        <source>Disabled</source>
        <extracomment>of a unit: it does not start with the machine</extracomment>
        <translation>無効</translation>
    </message>
    <message>
        <source>By others</source>
        <extracomment>of a unit: only other units start it</extracomment>
        <translation>依存時のみ</translation>
    </message>
    <message>
        <source>Generated</source>
        <extracomment>of a unit: made by a program</extracomment>
        <translation>生成済み</translation>
    </message>
    <message>
        <source>Unit</source>
        <extracomment>column title: of a unit of systemd, such as ssh.service</extracomment>
        <translation>ユニット</translation>
    </message>
    <message>
        <source>The agent runs in this unit.</source>
        <translation>エージェントはこのユニットで動作しています。</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>At start</source>
        <extracomment>column title: whether a unit starts with the machine</extracomment>
        <translation>自動起動</translation>
    </message>
    <message>
        <source>Description</source>
        <extracomment>column title: of a unit</extracomment>
        <translation>説明</translation>
    </message>
    <message>
        <source>PID</source>
        <extracomment>column title: number of a process</extracomment>
        <translation>PID</translation>
    </message>
    <message>
        <source>Memory</source>
        <extracomment>column title: of a unit&apos;s processes</extracomment>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Since</source>
        <extracomment>column title: when a unit came into its state</extracomment>
        <translation>経過</translation>
    </message>
    <message>
        <source>Next run</source>
        <extracomment>column title: when a timer elapses next</extracomment>
        <translation>次回の実行</translation>
    </message>
    <message>
        <source>Restarts</source>
        <extracomment>column title: how often systemd started a unit again by itself</extracomment>
        <translation>再起動回数</translation>
    </message>
</context>
<context>
    <name>fb::ServiceDeeds</name>
    <message>
        <source>The agent runs in this unit: without it the node would be cut off. It can be restarted.</source>
        <translation>エージェントはこのユニットで動作しており、止めるとノードとの接続が失われます。再起動はできます。</translation>
    </message>
    <message>
        <source>It is already running.</source>
        <translation>すでに実行中です。</translation>
    </message>
    <message>
        <source>It is masked: unmask it first.</source>
        <translation>マスクされています。先にマスクを解除してください。</translation>
    </message>
    <message>
        <source>It cannot be started by hand.</source>
        <translation>手動では起動できません。</translation>
    </message>
    <message>
        <source>It is not running.</source>
        <translation>実行されていません。</translation>
    </message>
    <message>
        <source>It cannot be stopped by hand.</source>
        <translation>手動では停止できません。</translation>
    </message>
    <message>
        <source>It cannot reload its settings while it runs. Restart it.</source>
        <translation>実行中に設定を再読み込みできません。再起動してください。</translation>
    </message>
    <message>
        <source>It already starts with the machine.</source>
        <translation>すでに自動起動が有効です。</translation>
    </message>
    <message>
        <source>Its unit file does not say when to start it.</source>
        <translation>ユニットファイルに自動起動の指定がありません。</translation>
    </message>
    <message>
        <source>It is not set to start with the machine.</source>
        <translation>自動起動は有効になっていません。</translation>
    </message>
    <message>
        <source>It is already masked.</source>
        <translation>すでにマスクされています。</translation>
    </message>
    <message>
        <source>No unit file is installed for it.</source>
        <translation>ユニットファイルがインストールされていません。</translation>
    </message>
    <message>
        <source>It is not masked.</source>
        <translation>マスクされていません。</translation>
    </message>
    <message>
        <source>It has not failed.</source>
        <translation>失敗していません。</translation>
    </message>
    <message>
        <source>It provides SSH access to the machine: no new login is possible until it runs again.</source>
        <translation>このマシンへの SSH ログインに使われています。再び実行されるまで、新しくログインできません。</translation>
    </message>
    <message>
        <source>It provides the machine&apos;s network: the node may be cut off, and only someone at the machine itself can bring it back.</source>
        <translation>このマシンのネットワークを担っています。ノードとの接続が失われ、マシンを直接操作しないと復旧できなくなることがあります。</translation>
    </message>
    <message>
        <source>Most parts of the system communicate through it: many of them end or fail without it.</source>
        <translation>システムの多くの部分がこれを介して通信しています。止まると、その多くが終了または失敗します。</translation>
    </message>
    <message>
        <source>It is part of the system itself: other units need it, and some end with it.</source>
        <translation>システムの一部です。ほかのユニットが必要としており、一緒に終了するものもあります。</translation>
    </message>
    <message>
        <source>Programs may be using this mount: its files become unreachable.</source>
        <translation>プログラムが使用している可能性があります。その後はファイルにアクセスできなくなります。</translation>
    </message>
</context>
<context>
    <name>fb::ServicePane</name>
    <message>
        <source>Log or unit file</source>
        <translation>ログまたはユニットファイル</translation>
    </message>
    <message>
        <source>The last lines of its log</source>
        <translation>ログの最後の行</translation>
    </message>
    <message>
        <source>Its unit files</source>
        <translation>ユニットファイルの内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>What the unit is</source>
        <translation>ユニットの情報</translation>
    </message>
    <message>
        <source>Last log lines</source>
        <translation>最新のログ</translation>
    </message>
    <message>
        <source>Unit file</source>
        <translation>ユニットファイル</translation>
    </message>
    <message>
        <source>, %1</source>
        <translation>、%1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>再起動</translation>
    </message>
    <message numerus="yes">
        <source>%n automatic</source>
        <translation>
            <numerusform>systemd により %n 回</numerusform>
        </translation>
    </message>
    <message>
        <source>At start</source>
        <translation>自動起動</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>プロセス</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリ</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>起動するユニット</translation>
    </message>
    <message>
        <source>Next run</source>
        <translation>次回の実行</translation>
    </message>
    <message>
        <source>The agent runs in this unit.</source>
        <translation>エージェントはこのユニットで動作しています。</translation>
    </message>
    <message>
        <source>Its files were changed since systemd read them (systemctl daemon-reload).</source>
        <translation>systemd が読み込んだ後にファイルが変更されています (systemctl daemon-reload)。</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>読み取っています...</translation>
    </message>
    <message>
        <source>Showing the last known state: %1</source>
        <translation>最後に確認できた内容です: %1</translation>
    </message>
    <message>
        <source>This node keeps no journal, so there are no lines to show.</source>
        <translation>このノードにはジャーナルがないため、表示できるログはありません。</translation>
    </message>
    <message>
        <source>The journal could not be read: %1</source>
        <translation>ジャーナルを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>It has written nothing to the journal.</source>
        <translation>ジャーナルには何も記録されていません。</translation>
    </message>
    <message>
        <source>It has no unit file: %1</source>
        <translation>ユニットファイルがありません: %1</translation>
    </message>
    <message>
        <source>Its files are long. Only the beginning is shown.</source>
        <translation>ファイルが長いため、先頭部分だけを表示しています。</translation>
    </message>
</context>
<context>
    <name>fb::ServicesTab</name>
    <message>
        <source>Refresh (F5)</source>
        <translation>再読み込み (F5)</translation>
    </message>
    <message>
        <source>Show or hide details (Ctrl+D)</source>
        <translation>詳細の表示/非表示 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>再起動</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>アクション</translation>
    </message>
    <message>
        <source>Services of this node</source>
        <translation>このノードのサービス</translation>
    </message>
    <message>
        <source>Filter: type a word, or enabled=disabled</source>
        <translation>フィルター: 語句、または enabled=disabled</translation>
    </message>
    <message>
        <source>Reading the services...</source>
        <translation>サービスを読み取っています...</translation>
    </message>
    <message>
        <source>Which kind of unit is shown</source>
        <translation>表示するユニットの種類</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>サービス</translation>
    </message>
    <message>
        <source>Timers</source>
        <translation>タイマー</translation>
    </message>
    <message>
        <source>Sockets</source>
        <translation>ソケット</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>マウント</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>ターゲット</translation>
    </message>
    <message>
        <source>Which units are shown</source>
        <translation>表示するユニット</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起動</translation>
    </message>
    <message>
        <source>Stop...</source>
        <translation>停止...</translation>
    </message>
    <message>
        <source>Mask...</source>
        <translation>マスク...</translation>
    </message>
    <message>
        <source>Unmask</source>
        <translation>マスクを解除</translation>
    </message>
    <message>
        <source>Reset failed state</source>
        <translation>失敗の記録を消去</translation>
    </message>
    <message>
        <source>The node is not connected, so its services cannot be read. They appear here when it is back.</source>
        <translation>ノードが接続されていないため、サービスを読み取れません。接続が戻るとここに表示されます。</translation>
    </message>
    <message>
        <source>Not connected. As of %1.</source>
        <translation>未接続。%1 時点の情報です。</translation>
    </message>
    <message>
        <source>There are no services to show because this node has no usable systemd. The node reported: %1</source>
        <translation>サービスは systemd の機能のため、表示できるものがありません。ノードの応答: %1</translation>
    </message>
    <message>
        <source>As of %1. The last refresh failed: %2</source>
        <translation>%1 時点の情報です。最後の読み取りに失敗しました: %2</translation>
    </message>
    <message>
        <source>The services could not be read: %1</source>
        <translation>サービスを読み取れませんでした: %1</translation>
    </message>
    <message>
        <source>The first %1 of %2 units, as of %3</source>
        <translation>%2 件中、先頭の %1 件のユニット (%3 時点)</translation>
    </message>
    <message numerus="yes">
        <source>%n unit(s), as of %1</source>
        <translation>
            <numerusform>%n 個のユニット (%1 時点)</numerusform>
        </translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>アクティブ</translation>
    </message>
    <message>
        <source>All (%1)</source>
        <translation>すべて (%1)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Failed (%1)</source>
        <translation>失敗 (%1)</translation>
    </message>
    <message>
        <source>The node is not connected.</source>
        <translation>ノードが接続されていません。</translation>
    </message>
    <message>
        <source>Choose a unit first.</source>
        <translation>先にユニットを選択してください。</translation>
    </message>
    <message>
        <source>Targets can only be viewed here.</source>
        <translation>ターゲットは表示のみで、操作はできません。</translation>
    </message>
    <message>
        <source>Another action on it is in progress. Wait until it ends.</source>
        <translation>操作を実行中です。終わるまでお待ちください。</translation>
    </message>
    <message>
        <source>Restart (F9)</source>
        <translation>再起動 (F9)</translation>
    </message>
    <message>
        <source>Its processes are asked to end. It stays stopped until somebody starts it, another unit needs it, or the machine starts again.</source>
        <translation>プロセスに終了が要求されます。誰かが起動するか、ほかのユニットが必要とするか、マシンが再起動するまで停止したままになります。</translation>
    </message>
    <message>
        <source>Nothing can start it until it is unmasked, not even units that need it. If it is running, it keeps running until it is stopped.</source>
        <translation>マスクを解除するまで、必要とするユニットからも含めて一切起動できなくなります。実行中の場合は、停止するまで実行が続きます。</translation>
    </message>
    <message>
        <source>The agent ends and starts again: the node is not connected for some seconds. Runs and sessions continue.</source>
        <translation>エージェントが終了して再び起動します。ノードは数秒間接続が切れます。実行中のコマンドとセッションは継続します。</translation>
    </message>
    <message>
        <source>It stops and starts again.</source>
        <translation>停止してから再び起動します。</translation>
    </message>
    <message>
        <source>Stop %1 on %2?</source>
        <translation>%2 の %1 を停止しますか?</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Mask %1 on %2?</source>
        <translation>%2 の %1 をマスクしますか?</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>マスク</translation>
    </message>
    <message>
        <source>Restart %1 on %2?</source>
        <translation>%2 の %1 を再起動しますか?</translation>
    </message>
    <message>
        <source>%1 was started.</source>
        <translation>%1 を起動しました。</translation>
    </message>
    <message>
        <source>%1 was stopped.</source>
        <translation>%1 を停止しました。</translation>
    </message>
    <message>
        <source>%1 was restarted.</source>
        <translation>%1 を再起動しました。</translation>
    </message>
    <message>
        <source>%1 now starts with the machine.</source>
        <translation>%1 の自動起動を有効にしました。</translation>
    </message>
    <message>
        <source>%1 no longer starts with the machine.</source>
        <translation>%1 の自動起動を無効にしました。</translation>
    </message>
    <message>
        <source>%1 was masked.</source>
        <translation>%1 をマスクしました。</translation>
    </message>
    <message>
        <source>%1 was unmasked.</source>
        <translation>%1 のマスクを解除しました。</translation>
    </message>
    <message>
        <source>The failed state of %1 was reset.</source>
        <translation>%1 の失敗の記録を消去しました。</translation>
    </message>
    <message>
        <source>It is now %1.</source>
        <translation>現在の状態: %1</translation>
    </message>
    <message>
        <source>systemd is still working on %1.</source>
        <translation>systemd が %1 の処理を続けています。</translation>
    </message>
    <message>
        <source>%1 was not started.</source>
        <translation>%1 を起動できませんでした。</translation>
    </message>
    <message>
        <source>%1 was not stopped.</source>
        <translation>%1 を停止できませんでした。</translation>
    </message>
    <message>
        <source>%1 was not restarted.</source>
        <translation>%1 を再起動できませんでした。</translation>
    </message>
    <message>
        <source>%1 was not changed.</source>
        <translation>%1 を変更できませんでした。</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>再読み込み</translation>
    </message>
    <message>
        <source>Enable at start</source>
        <translation>自動起動を有効化</translation>
    </message>
    <message>
        <source>Disable at start</source>
        <translation>自動起動を無効化</translation>
    </message>
    <message>
        <source>Waiting for systemd: %1</source>
        <translation>systemd の処理を待っています: %1</translation>
    </message>
    <message>
        <source>%1 was reloaded.</source>
        <translation>%1 を再読み込みしました。</translation>
    </message>
</context>
<context>
    <name>fb::SessionDesk</name>
    <message>
        <source>Arrange the panes as a grid</source>
        <translation>ペインをグリッドに並べる</translation>
    </message>
    <message>
        <source>Type into several panes at once</source>
        <translation>複数のペインに同時に入力</translation>
    </message>
    <message>
        <source>More actions of this tab</source>
        <translation>このタブのその他のアクション</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Start a session</source>
        <translation>セッションを開始</translation>
    </message>
    <message>
        <source>A session was not ended.</source>
        <translation>セッションを終了できませんでした。</translation>
    </message>
    <message>
        <source>Active (%1)</source>
        <extracomment>button: the list of sessions that run, of everybody</extracomment>
        <translation>アクティブ (%1)</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>アクティブ</translation>
    </message>
    <message numerus="yes">
        <source>%n of your sessions are still running.</source>
        <translation>
            <numerusform>%n 件のセッションがまだ動いています。</numerusform>
        </translation>
    </message>
    <message>
        <source>They kept running while this console was closed; their tabs are as you left them.</source>
        <translation>コンソールを閉じている間も続いていました。タブは閉じたときのままです。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>すべて再開</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>接続</translation>
    </message>
    <message numerus="yes">
        <source>Open %n as a grid</source>
        <translation>
            <numerusform>%n 台をグリッドで開く</numerusform>
        </translation>
    </message>
    <message>
        <source>Start with a reason or another document...</source>
        <translation>理由や別のドキュメントを指定して開始...</translation>
    </message>
    <message>
        <source>Open at the right</source>
        <translation>右に開く</translation>
    </message>
    <message>
        <source>Open below</source>
        <translation>下に開く</translation>
    </message>
    <message>
        <source>Open the page of the node</source>
        <translation>ノードのページを開く</translation>
    </message>
    <message>
        <source>Tunnels</source>
        <translation>トンネル</translation>
    </message>
    <message>
        <source>Remote desktop...</source>
        <translation>リモートデスクトップ...</translation>
    </message>
</context>
<context>
    <name>fb::SessionDeskModel</name>
    <message numerus="yes">
        <source>%n pane(s)</source>
        <translation>
            <numerusform>%n ペイン</numerusform>
        </translation>
    </message>
    <message>
        <source>ended</source>
        <extracomment>beside the name of a tab: its session has ended</extracomment>
        <translation>終了</translation>
    </message>
    <message>
        <source>shell</source>
        <extracomment>beside the name of a tab: a session of the usual document</extracomment>
        <translation>シェル</translation>
    </message>
</context>
<context>
    <name>fb::SessionLink</name>
    <message>
        <source>It is still running on the node.</source>
        <translation>ノード上でまだ動いています。</translation>
    </message>
    <message>
        <source>The connection to the node is lost. The session continues there and is shown again as soon as the node is back.</source>
        <translation>ノードとの接続が切れました。セッションはノード上で続いており、ノードが戻るとすぐにここへ表示されます。</translation>
    </message>
    <message>
        <source>Another window or terminal has taken over the session.</source>
        <translation>別のウィンドウまたはターミナルがこのセッションを引き継ぎました。</translation>
    </message>
    <message>
        <source>Not shown here</source>
        <translation>未表示</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>切断</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>It ended while the console was closed.</source>
        <translation>コンソールを閉じている間に終了しました。</translation>
    </message>
</context>
<context>
    <name>fb::SessionLists</name>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>ターミナル</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>アクティブ</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Tunnels</source>
        <translation>トンネル</translation>
    </message>
    <message>
        <source>Recording search</source>
        <translation>記録の検索</translation>
    </message>
    <message>
        <source>Desktops</source>
        <translation>デスクトップ</translation>
    </message>
</context>
<context>
    <name>fb::SessionPane</name>
    <message>
        <source>Terminal of %1</source>
        <translation>%1 のターミナル</translation>
    </message>
</context>
<context>
    <name>fb::SessionStrip</name>
    <message>
        <source>Recording</source>
        <translation>記録中</translation>
    </message>
    <message>
        <source>Not recorded</source>
        <translation>記録なし</translation>
    </message>
    <message>
        <source>No reason given</source>
        <translation>理由の記載なし</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>理由: %1</translation>
    </message>
    <message>
        <source>Run as %1</source>
        <translation>実行ユーザー %1</translation>
    </message>
    <message>
        <source>Idle limit in %1</source>
        <extracomment>the node ends the session when nothing is typed for that long, &quot;17:40&quot;</extracomment>
        <translation>アイドル制限まで %1</translation>
    </message>
    <message>
        <source>Ends at %1</source>
        <extracomment>a time of day</extracomment>
        <translation>%1 に終了</translation>
    </message>
    <message>
        <source>Ends in %1</source>
        <extracomment>the session&apos;s longest time is over then, &quot;04:40&quot;</extracomment>
        <translation>終了まで %1</translation>
    </message>
    <message>
        <source>Watched by %1</source>
        <translation>%1 が閲覧中</translation>
    </message>
</context>
<context>
    <name>fb::SessionTable</name>
    <message>
        <source>Connecting</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>切断</translation>
    </message>
    <message>
        <source>Terminating</source>
        <translation>終了処理中</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Status</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>Operator</source>
        <extracomment>column title: who opened the session</extracomment>
        <translation>オペレーター</translation>
    </message>
    <message>
        <source>Started</source>
        <extracomment>column title: when the session began</extracomment>
        <translation>開始日時</translation>
    </message>
    <message>
        <source>Duration</source>
        <extracomment>column title</extracomment>
        <translation>所要時間</translation>
    </message>
    <message>
        <source>Document</source>
        <extracomment>column title</extracomment>
        <translation>ドキュメント</translation>
    </message>
    <message>
        <source>Reason</source>
        <extracomment>column title: why the session was opened</extracomment>
        <translation>理由</translation>
    </message>
    <message>
        <source>Output</source>
        <extracomment>column title: how much was shown</extracomment>
        <translation>出力</translation>
    </message>
    <message>
        <source>Ended by</source>
        <extracomment>column title: cause of the end</extracomment>
        <translation>終了の原因</translation>
    </message>
    <message>
        <source>Session ID</source>
        <extracomment>column title</extracomment>
        <translation>セッション ID</translation>
    </message>
    <message>
        <source>none given</source>
        <translation>指定なし</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>実行ユーザー</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>記録</translation>
    </message>
    <message>
        <source>yes, from the first byte</source>
        <translation>あり (最初の 1 バイトから)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Recorded</source>
        <extracomment>column title: whether there is a recording</extracomment>
        <translation>記録あり</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>あり</translation>
    </message>
    <message>
        <source>no</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>アイドル</translation>
    </message>
    <message>
        <source>maximum duration</source>
        <translation>最長時間の経過</translation>
    </message>
    <message>
        <source>node connection lost</source>
        <translation>ノードの接続切れ</translation>
    </message>
    <message>
        <source>node restarted</source>
        <translation>ノードの再起動</translation>
    </message>
    <message>
        <source>the session no longer exists on the node</source>
        <translation>セッションがノードにない</translation>
    </message>
    <message>
        <source>exited %1</source>
        <extracomment>why a session ended; %1: exit code</extracomment>
        <translation>終了コード %1</translation>
    </message>
    <message>
        <source>terminated by %1</source>
        <extracomment>why a session ended; %1: an operator</extracomment>
        <translation>%1 による終了</translation>
    </message>
    <message>
        <source>Its recording was removed on %1 to free space.</source>
        <translation>記録は、空き容量を確保するため %1 に削除されました。</translation>
    </message>
    <message>
        <source>This session was not recorded.</source>
        <translation>このセッションは記録されていません。</translation>
    </message>
    <message>
        <source>removed on %1 to free space</source>
        <translation>空き容量を確保するため %1 に削除</translation>
    </message>
</context>
<context>
    <name>fb::SessionTerminal</name>
    <message>
        <source>Session ended.</source>
        <translation>セッションが終了しました。</translation>
    </message>
    <message>
        <source>Session ended: %1</source>
        <translation>セッションが終了しました: %1</translation>
    </message>
</context>
<context>
    <name>fb::SessionWindow</name>
    <message>
        <source>%1 - Flagbridge</source>
        <translation>%1 - Flagbridge</translation>
    </message>
</context>
<context>
    <name>fb::SessionsPage</name>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Filter: type a word, or status=connected</source>
        <translation>フィルター: 語句、または status=connected</translation>
    </message>
    <message>
        <source>No sessions yet. A session is a shell on a node that opens no port; it is recorded from the first byte. From a terminal: flagbridge-engine shell --data DIR --node ID.</source>
        <translation>セッションはまだありません。セッションは、ポートを開かないノード上のシェルで、最初の 1 バイトから記録されます。ターミナルからは flagbridge-engine shell --data DIR --node ID で開きます。</translation>
    </message>
    <message>
        <source>The sessions could not be read.</source>
        <translation>セッションを読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n 件のセッション</numerusform>
        </translation>
    </message>
    <message>
        <source>End</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Save recording</source>
        <translation>記録を保存</translation>
    </message>
    <message>
        <source>End the session of %1 on %2?</source>
        <translation>%2 での %1 のセッションを終了しますか?</translation>
    </message>
    <message>
        <source>Its shell and everything running in it are ended. The recording is kept.</source>
        <translation>シェルと、その中で動作しているものがすべて終了します。記録は残ります。</translation>
    </message>
    <message>
        <source>End the session</source>
        <translation>セッションを終了</translation>
    </message>
    <message>
        <source>The session was not ended.</source>
        <translation>セッションは終了しませんでした。</translation>
    </message>
    <message>
        <source>Save the recording</source>
        <translation>記録の保存</translation>
    </message>
    <message>
        <source>Recordings (*.cast)</source>
        <translation>記録 (*.cast)</translation>
    </message>
    <message>
        <source>The recording was not saved.</source>
        <translation>記録は保存されませんでした。</translation>
    </message>
    <message>
        <source>The recording was saved.</source>
        <translation>記録を保存しました。</translation>
    </message>
    <message>
        <source>%1 can be played with any asciinema player.</source>
        <translation>%1 は asciinema 対応のプレーヤーで再生できます。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>All sessions</source>
        <translation>すべてのセッション</translation>
    </message>
    <message>
        <source>Recorded only</source>
        <translation>記録ありのみ</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>目印</translation>
    </message>
    <message>
        <source>The mark was set.</source>
        <translation>目印を付けました。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Tunnels are in the list of tunnels.</source>
        <translation>トンネルはトンネルの一覧で扱います。</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>閲覧</translation>
    </message>
    <message>
        <source>A tunnel has no screen.</source>
        <translation>トンネルには画面がありません。</translation>
    </message>
</context>
<context>
    <name>fb::SessionsPanel</name>
    <message>
        <source>No session is open. Ctrl+Shift+T starts one.</source>
        <translation>開いているセッションはありません。Ctrl+Shift+T で開始します。</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>開いているセッション</translation>
    </message>
</context>
<context>
    <name>fb::SettingField</name>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>%1 (no profile of this name)</source>
        <translation>%1 (存在しません)</translation>
    </message>
    <message>
        <source>New nodes get the profile</source>
        <translation>新しいノードに割り当てるプロファイル</translation>
    </message>
    <message>
        <source>Report nodes whose hardware has changed</source>
        <translation>ハードウェアが変わったノードを知らせる</translation>
    </message>
    <message>
        <source>Values that must match</source>
        <translation>登録時と一致すべき値の割合</translation>
    </message>
    <message>
        <source>1 to 100 percent of the nine: with 40%, at least four of them.</source>
        <translation>9 つの値に対する割合 (1 ～ 100 %)。40 % なら 4 つ以上です。</translation>
    </message>
    <message>
        <source>Addresses and networks</source>
        <translation>アドレスとネットワーク</translation>
    </message>
    <message>
        <source>One per line, at most %1. If empty, only what every agent refuses by itself is blocked.</source>
        <translation>1 行に 1 件、%1 件まで。空の場合は、エージェントが常に拒否するものだけです。</translation>
    </message>
    <message>
        <source>Empty: none.</source>
        <translation>空の場合はなし。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <extracomment>%n more wrong lines than those that are listed above</extracomment>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source> min</source>
        <extracomment>minutes, after a number</extracomment>
        <translation> 分</translation>
    </message>
    <message>
        <source>%1 to %2 minutes; %3 by default</source>
        <translation>%1 ～ %2 分。デフォルト値は %3</translation>
    </message>
    <message>
        <source>%1 to %2; %3 by default</source>
        <translation>%1 ～ %2。デフォルト値は %3</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>時間 (分)</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>New secret</source>
        <translation>新しいシークレット</translation>
    </message>
    <message>
        <source>It replaces the one that is set.</source>
        <translation>設定済みのものと置き換わります。</translation>
    </message>
    <message>
        <source>Type the secret. To have none, reset the setting to its default.</source>
        <translation>シークレットを入力してください。なしにするには、設定をデフォルトに戻します。</translation>
    </message>
    <message>
        <source> MiB</source>
        <extracomment>mebibytes, after a number</extracomment>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>サイズ</translation>
    </message>
</context>
<context>
    <name>fb::SettingSheet</name>
    <message>
        <source>Change the setting</source>
        <translation>設定を変更</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The setting was not changed.</source>
        <translation>設定は変更されませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>For this console on this machine; changes take effect at once</source>
        <translation>このマシンのこのコンソールの設定です。変更はすぐに反映されます</translation>
    </message>
    <message>
        <source>Appearance and language</source>
        <translation>外観と言語</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>システムに合わせる</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>ダーク</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>ハイコントラスト</translation>
    </message>
    <message>
        <source>%1 pixels</source>
        <translation>%1 ピクセル</translation>
    </message>
    <message>
        <source>Reduce motion: nothing slides, fades or flashes</source>
        <translation>動きを減らす (スライド、フェード、点滅なし)</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>テーマ</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字サイズ</translation>
    </message>
    <message>
        <source>Confirming wide changes</source>
        <translation>広範囲の変更の前に確認</translation>
    </message>
    <message>
        <source>Nodes in a run</source>
        <translation>実行するノード数</translation>
    </message>
    <message>
        <source>A run on more nodes than this asks you to type their number.</source>
        <translation>これより多いノードで実行するときは、台数の入力を求めます。</translation>
    </message>
    <message>
        <source>Notifications on the desktop</source>
        <translation>デスクトップ通知</translation>
    </message>
    <message>
        <source>Shown while the console is in the background. All of them stay listed in the console.</source>
        <translation>コンソールが前面にないときに表示します。すべての通知はコンソールの一覧に残ります。</translation>
    </message>
    <message>
        <source>A run has ended</source>
        <translation>実行が終了した</translation>
    </message>
    <message>
        <source>A node was lost or quarantined</source>
        <translation>ノードの接続が失われた、または隔離された</translation>
    </message>
    <message>
        <source>A node has enrolled</source>
        <translation>ノードが登録された</translation>
    </message>
    <message>
        <source>An export is ready or failed</source>
        <translation>エクスポートが完了または失敗した</translation>
    </message>
    <message>
        <source>The engine or its store has a problem</source>
        <translation>エンジンまたはストアに問題がある</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>通知しない時間帯</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>通知しない時間帯の開始</translation>
    </message>
    <message>
        <source>Quiet to</source>
        <translation>通知しない時間帯の終了</translation>
    </message>
    <message>
        <source>to</source>
        <comment>a time of day</comment>
        <translation>～</translation>
    </message>
    <message>
        <source>Keys and layout</source>
        <translation>キーとレイアウト</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>レイアウトをリセット</translation>
    </message>
    <message>
        <source>Columns, splitters and the sidebar return to their original places.</source>
        <translation>列、分割、サイドバーが最初の状態に戻ります。</translation>
    </message>
    <message>
        <source>This console</source>
        <translation>このコンソール</translation>
    </message>
    <message>
        <source>Choose another store...</source>
        <translation>別のストアを選ぶ...</translation>
    </message>
    <message>
        <source>Back up the master key...</source>
        <translation>マスターキーをバックアップ...</translation>
    </message>
    <message>
        <source>Set up without a desktop...</source>
        <translation>デスクトップなしでセットアップ...</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>セッション</translation>
    </message>
    <message>
        <source>Lines kept above the screen</source>
        <translation>画面より上に保持する行数</translation>
    </message>
    <message>
        <source>For sessions opened from now on. Beyond 50,000 they are stored encrypted in a temporary file; the whole session is in its recording.</source>
        <translation>これから開くセッションに適用されます。50,000 行を超える分は暗号化して一時ファイルに保存します。セッション全体は記録に残ります。</translation>
    </message>
</context>
<context>
    <name>fb::Sheet</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>fb::ShortcutsSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>キーボードショートカット</translation>
    </message>
    <message>
        <source>Filter by command or key</source>
        <translation>コマンドまたはキーで絞り込み</translation>
    </message>
    <message>
        <source>Press new keys in a field to change it. Backspace removes the keys of a command.</source>
        <translation>欄で別のキーを押すと変更されます。Backspace を押すとキーなしになります。</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全画面共通</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Reset to the default keys: %1</source>
        <translation>デフォルトのキーに戻す: %1</translation>
    </message>
</context>
<context>
    <name>fb::ShownError</name>
    <message>
        <source>Your role does not allow this.</source>
        <translation>あなたのロールではこの操作を実行できません。</translation>
    </message>
    <message>
        <source>Its state does not allow this now.</source>
        <translation>現在の状態ではこの操作を実行できません。</translation>
    </message>
    <message>
        <source>Something entered is not valid.</source>
        <translation>入力内容に誤りがあります。</translation>
    </message>
    <message>
        <source>It was not found. It may have been deleted.</source>
        <translation>対象が見つかりません。削除された可能性があります。</translation>
    </message>
    <message>
        <source>Someone else changed it in the meantime.</source>
        <translation>ほかの人が先に変更しました。</translation>
    </message>
    <message>
        <source>A limit has been reached.</source>
        <translation>上限に達しました。</translation>
    </message>
    <message>
        <source>This is not available right now. Try again in a moment.</source>
        <translation>現在利用できません。しばらくしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>The engine had an internal error.</source>
        <translation>エンジンの内部エラーが発生しました。</translation>
    </message>
    <message>
        <source>It is still in use.</source>
        <translation>まだ使用中です。</translation>
    </message>
    <message>
        <source>There is already a document of this name.</source>
        <translation>同じ名前のドキュメントがすでにあります。</translation>
    </message>
    <message>
        <source>The content is the same as that of an existing version.</source>
        <translation>既存のバージョンと内容が同じです。</translation>
    </message>
    <message>
        <source>Another version has this name.</source>
        <translation>別のバージョンがこの名前を使用しています。</translation>
    </message>
    <message>
        <source>The activation has expired or cannot be used.</source>
        <translation>アクティベーションは期限切れか、使用できません。</translation>
    </message>
    <message>
        <source>The activation was not found.</source>
        <translation>アクティベーションが見つかりません。</translation>
    </message>
    <message>
        <source>The run was not found.</source>
        <translation>実行が見つかりません。</translation>
    </message>
    <message>
        <source>The document was not found or cannot be used here.</source>
        <translation>ドキュメントが見つからないか、ここでは使用できません。</translation>
    </message>
    <message>
        <source>The document has problems.</source>
        <translation>ドキュメントに問題があります。</translation>
    </message>
    <message>
        <source>The document version cannot be used.</source>
        <translation>このドキュメントバージョンは使用できません。</translation>
    </message>
    <message>
        <source>The node was not found or cannot be used here.</source>
        <translation>ノードが見つからないか、ここでは使用できません。</translation>
    </message>
    <message>
        <source>The node is not part of this run.</source>
        <translation>ノードはこの実行の対象ではありません。</translation>
    </message>
    <message>
        <source>The master key is not available.</source>
        <translation>マスターキーを利用できません。</translation>
    </message>
    <message>
        <source>The document is too large.</source>
        <translation>ドキュメントが大きすぎます。</translation>
    </message>
    <message>
        <source>The node refused this.</source>
        <translation>ノードがこの操作を拒否しました。</translation>
    </message>
    <message>
        <source>The node is not connected.</source>
        <translation>ノードが接続されていません。</translation>
    </message>
    <message>
        <source>Too many requests at once. Try again in a moment.</source>
        <translation>要求が多すぎます。しばらくしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>There are too many tags.</source>
        <translation>タグが多すぎます。</translation>
    </message>
    <message>
        <source>It is being changed right now. Try again in a moment.</source>
        <translation>現在変更中です。しばらくしてからもう一度お試しください。</translation>
    </message>
    <message>
        <source>The platform of the node does not support this.</source>
        <translation>ノードのプラットフォームはこの操作に対応していません。</translation>
    </message>
    <message>
        <source>This needs another version of Flagbridge.</source>
        <translation>別のバージョンの Flagbridge が必要です。</translation>
    </message>
</context>
<context>
    <name>fb::ShownFleetCa</name>
    <message>
        <source>Step 1 of 3: the next CA is published. %1 of %2 nodes have confirmed it.</source>
        <translation>手順 1/3: 次の CA を公開しました。%2 台中 %1 台のノードが確認しました。</translation>
    </message>
    <message>
        <source>Step 2 of 3: certificates come from the next CA. %1 of %2 nodes have renewed theirs.</source>
        <translation>手順 2/3: 証明書は次の CA が発行します。%2 台中 %1 台のノードが更新しました。</translation>
    </message>
</context>
<context>
    <name>fb::Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>ページ一覧</translation>
    </message>
</context>
<context>
    <name>fb::SignInFeed</name>
    <message>
        <source>The keychain cannot be read, so this machine does not stay signed in: %1</source>
        <translation>キーチェーンを読み取れないため、このマシンではサインインを維持できません: %1</translation>
    </message>
    <message>
        <source>The keychain holds no sign-in for this store, or is locked.</source>
        <translation>キーチェーンにこのストアのサインイン情報がないか、キーチェーンがロックされています。</translation>
    </message>
    <message>
        <source>This console was locked when it was closed. Enter your password.</source>
        <translation>このコンソールはロックされた状態で閉じられました。パスワードを入力してください。</translation>
    </message>
    <message>
        <source>The sign-in that was kept on this machine has ended.</source>
        <translation>このマシンに保存されていたサインインは終了しました。</translation>
    </message>
    <message>
        <source>Only a console on a store of its own can stay signed in.</source>
        <translation>サインインを維持できるのは、自分専用のストアを使うコンソールだけです。</translation>
    </message>
</context>
<context>
    <name>fb::SignInViewModel</name>
    <message numerus="yes">
        <source>You signed in with a recovery code; %n of them are left. Make new ones under Two-step sign-in.</source>
        <translation>
            <numerusform>回復コードでサインインしました。残りは %n 個です。「2 段階サインイン」で新しいコードを作成してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>This machine does not stay signed in: %1</source>
        <translation>このマシンではサインインを維持できません: %1</translation>
    </message>
    <message numerus="yes">
        <source>Wait %n second(s) before the next attempt.</source>
        <translation>
            <numerusform>次に試すまで %n 秒お待ちください。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wait %n minute(s) before the next attempt.</source>
        <translation>
            <numerusform>次に試すまで %n 分お待ちください。</numerusform>
        </translation>
    </message>
    <message>
        <source>This code is not right.</source>
        <translation>コードが正しくありません。</translation>
    </message>
    <message>
        <source>Enter the newest code of your authenticator, or a recovery code that you have not used yet.</source>
        <translation>認証アプリの最新のコード、またはまだ使っていない回復コードを入力してください。</translation>
    </message>
    <message>
        <source>This password is not right.</source>
        <translation>パスワードが正しくありません。</translation>
    </message>
    <message>
        <source>Name or password is not right.</source>
        <translation>名前またはパスワードが正しくありません。</translation>
    </message>
    <message>
        <source>Check both, and whether Caps Lock is on.</source>
        <translation>両方と、Caps Lock の状態を確認してください。</translation>
    </message>
    <message>
        <source>Too many failed attempts.</source>
        <translation>失敗した回数が多すぎます。</translation>
    </message>
    <message>
        <source>This account is disabled.</source>
        <translation>このアカウントは無効です。</translation>
    </message>
    <message>
        <source>Ask an administrator to enable it.</source>
        <translation>管理者に有効化を依頼してください。</translation>
    </message>
    <message>
        <source>The second step took too long.</source>
        <translation>2 段階目に時間がかかりすぎました。</translation>
    </message>
    <message>
        <source>Enter your password again.</source>
        <translation>もう一度パスワードを入力してください。</translation>
    </message>
    <message>
        <source>The store does not answer.</source>
        <translation>ストアが応答しません。</translation>
    </message>
    <message>
        <source>You are signed out. The engine goes on; nodes stay connected.</source>
        <translation>サインアウトしました。エンジンは動作を続け、ノードは接続されたままです。</translation>
    </message>
    <message>
        <source>An administrator ended your session.</source>
        <translation>管理者があなたのセッションを終了しました。</translation>
    </message>
    <message>
        <source>Sessions end after 12 hours. Sign in again to go on.</source>
        <translation>セッションは 12 時間で終了します。続けるには、もう一度サインインしてください。</translation>
    </message>
    <message>
        <source>Your account was disabled or removed.</source>
        <translation>アカウントが無効にされたか、削除されました。</translation>
    </message>
    <message>
        <source>Your password was changed. Sign in with the new one.</source>
        <translation>パスワードが変更されました。新しいパスワードでサインインしてください。</translation>
    </message>
    <message>
        <source>Your role was changed. Sign in again to work with it.</source>
        <translation>ロールが変更されました。新しいロールを使うには、もう一度サインインしてください。</translation>
    </message>
    <message>
        <source>Operators have passwords now: sign in to go on.</source>
        <translation>オペレーターにパスワードが設定されました。続けるにはサインインしてください。</translation>
    </message>
    <message>
        <source>Enter at least %1 characters.</source>
        <translation>%1 文字以上で入力してください。</translation>
    </message>
    <message>
        <source>Enter at most %1 characters.</source>
        <translation>%1 文字以内で入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::SignInWindow</name>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>The engine is starting. You can sign in as soon as the store is open.</source>
        <translation>エンジンを起動しています。ストアが開くとサインインできます。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>パスワード</translation>
    </message>
    <message>
        <source>Stay signed in on this machine</source>
        <translation>このマシンでサインインを維持する</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>コード</translation>
    </message>
    <message>
        <source>The six digits that your authenticator shows, or one of your recovery codes.</source>
        <translation>認証アプリに表示される 6 桁の数字、または回復コードの 1 つ。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>ロックを解除</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>サインアウト</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <source>Second step</source>
        <translation>2 段階目</translation>
    </message>
    <message>
        <source>Sign in to Flagbridge</source>
        <translation>Flagbridge にサインイン</translation>
    </message>
    <message>
        <source>Commands, sessions and schedules go on behind this window.</source>
        <translation>このウィンドウの後ろで、コマンド、セッション、スケジュールは続いています。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Signing in...</source>
        <translation>サインイン中...</translation>
    </message>
    <message>
        <source>Unlocking...</source>
        <translation>ロックを解除中...</translation>
    </message>
    <message>
        <source>Enter your name, as an administrator gave it to you.</source>
        <translation>管理者から伝えられた名前を入力してください。</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>パスワードを入力してください。</translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>コードを入力してください。</translation>
    </message>
    <message>
        <source>This console is locked.</source>
        <translation>このコンソールはロックされています。</translation>
    </message>
    <message>
        <source>Unlock it, or sign out, before you close it.</source>
        <translation>閉じる前に、ロックを解除するかサインアウトしてください。</translation>
    </message>
</context>
<context>
    <name>fb::SignalSheet</name>
    <message>
        <source>Send a signal to %1</source>
        <translation>%1 にシグナルを送信</translation>
    </message>
    <message>
        <source>And to every process below it</source>
        <translation>子孫のプロセスにも送る</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>a signal&apos;s name and what it asks for: &quot;TERM: end in good order&quot;</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>シグナル</translation>
    </message>
</context>
<context>
    <name>fb::StartProblem</name>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>The master key cannot be reached</source>
        <translation>マスターキーを利用できません</translation>
    </message>
    <message>
        <source>The engine could not start</source>
        <translation>エンジンを起動できませんでした</translation>
    </message>
    <message>
        <source>Secrets in the store are sealed with a key in the desktop&apos;s keychain (GNOME Keyring, KWallet). Unlock it and try again. Where there is no keychain, start the console with --passphrase-file FILE: the key is then sealed with that passphrase in %1.</source>
        <translation>ストア内の機密情報は、デスクトップのキーチェーン (GNOME Keyring、KWallet) にある鍵で保護されています。ロックを解除して再試行してください。キーチェーンがない環境では --passphrase-file FILE を付けてコンソールを起動すると、鍵はそのパスフレーズで保護されて %1 に保存されます。</translation>
    </message>
    <message>
        <source>Nothing was changed in %1. The engine reported:</source>
        <translation>%1 は変更されていません。エンジンからのメッセージ:</translation>
    </message>
    <message>
        <source>Choose another store...</source>
        <translation>別のストアを選ぶ...</translation>
    </message>
    <message>
        <source>Use a sealed backup...</source>
        <translation>封印バックアップを使用...</translation>
    </message>
</context>
<context>
    <name>fb::StartProcessSheet</name>
    <message>
        <source>Start a process on %1</source>
        <translation>%1 でプロセスを開始</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>プログラム</translation>
    </message>
    <message>
        <source>A path such as /usr/bin/rsync, or a name that is looked up.</source>
        <translation>/usr/bin/rsync のようなパス、または検索される名前。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Where it starts. If empty, /.</source>
        <translation>開始するフォルダ。空の場合は / です。</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>引数</translation>
    </message>
    <message>
        <source>One per line, passed as they are: no shell reads them, so nothing is quoted or expanded.</source>
        <translation>1 行に 1 つ、そのまま渡します。シェルを通さないため、引用符や展開は働きません。</translation>
    </message>
    <message>
        <source>User</source>
        <translation>ユーザー</translation>
    </message>
    <message>
        <source>The user it runs as. If empty, the agent&apos;s own.</source>
        <translation>プロセスの所有者。空の場合はエージェントのユーザーです。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Enter a name, or a path that begins with /.</source>
        <translation>名前、または / で始まるパスを入力してください。</translation>
    </message>
    <message>
        <source>Enter a path that begins with /.</source>
        <translation>/ で始まるパスを入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::StartSheet</name>
    <message>
        <source>Start a session</source>
        <translation>セッションを開始</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Session document</source>
        <translation>セッションドキュメント</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Shown in the audit log and in the recording&apos;s history.</source>
        <translation>監査ログと記録の履歴に残ります。</translation>
    </message>
    <message>
        <source>Start session</source>
        <translation>セッションを開始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>The session documents could not be read.</source>
        <translation>セッションドキュメントを読み込めませんでした。</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必須</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>実行ユーザー</translation>
    </message>
    <message>
        <source>ssm-user, or the agent&apos;s own user where the agent is not root</source>
        <translation>ssm-user (エージェントが root でない場合はエージェント自身のユーザー)</translation>
    </message>
    <message>
        <source>Idle limit</source>
        <translation>アイドル制限</translation>
    </message>
    <message>
        <source>ends after %1 without input</source>
        <translation>%1入力がないと終了</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>最長時間</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>制限なし</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>記録中</translation>
    </message>
    <message>
        <source>yes, from the first byte</source>
        <translation>あり (最初のバイトから)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message numerus="yes">
        <source>Start %n session(s)</source>
        <translation>
            <numerusform>%n 件のセッションを開始</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a node that is online.</source>
        <translation>オンラインのノードを選んでください。</translation>
    </message>
    <message>
        <source>Choose a document.</source>
        <translation>ドキュメントを選んでください。</translation>
    </message>
    <message>
        <source>Enter a reason of 1 to 256 characters.</source>
        <translation>理由を 1～256 文字で入力してください。</translation>
    </message>
    <message>
        <source>The session was not started.</source>
        <translation>セッションを開始できませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::StatusStrip</name>
    <message>
        <source>Status</source>
        <translation>ステータスバー</translation>
    </message>
</context>
<context>
    <name>fb::StepSheet</name>
    <message>
        <source>Add a step</source>
        <translation>ステップを追加</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>1 to 128 letters, digits, _ and -</source>
        <translation>1～128 文字の英数字、_、-</translation>
    </message>
    <message>
        <source>continue with the next step</source>
        <translation>次のステップに進む</translation>
    </message>
    <message>
        <source>end the document: it is Failed</source>
        <translation>ドキュメントを終了 (失敗とする)</translation>
    </message>
    <message>
        <source>end the document: it is Success</source>
        <translation>ドキュメントを終了 (成功とする)</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>プラグイン</translation>
    </message>
    <message>
        <source>When it fails</source>
        <translation>失敗したとき</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Add the step</source>
        <translation>ステップを追加</translation>
    </message>
    <message>
        <source>One item per line</source>
        <translation>1 行に 1 項目</translation>
    </message>
    <message>
        <source>As YAML or JSON: key: value</source>
        <translation>YAML または JSON で (key: value)</translation>
    </message>
    <message>
        <source>%1 (optional)</source>
        <translation>%1 (任意)</translation>
    </message>
    <message>
        <source>Enter a name of 1 to 128 letters, digits, _ and -</source>
        <translation>1～128 文字の英数字、_、- の名前を入力してください</translation>
    </message>
    <message>
        <source>%1 is required.</source>
        <translation>%1 は必須です。</translation>
    </message>
</context>
<context>
    <name>fb::StoreChoice</name>
    <message>
        <source>Enter a port from 1 to %1.</source>
        <translation>1 から %1 までのポートを入力してください。</translation>
    </message>
    <message>
        <source>Enter a host name, an address, or the folder of a Unix socket such as /run/postgresql.</source>
        <translation>ホスト名、アドレス、または /run/postgresql のような Unix ソケットのフォルダを入力してください。</translation>
    </message>
    <message>
        <source>Enter the database&apos;s name: 1 to 63 letters, digits, dots, dashes and underscores.</source>
        <translation>データベース名を入力してください (英数字、ドット、ハイフン、アンダースコアで 1 ～ 63 文字)。</translation>
    </message>
    <message>
        <source>Enter the user&apos;s name: 1 to 63 letters, digits, dots, dashes and underscores.</source>
        <translation>ユーザー名を入力してください (英数字、ドット、ハイフン、アンダースコアで 1 ～ 63 文字)。</translation>
    </message>
    <message>
        <source>Enter an absolute path without spaces, quotes, backslashes or semicolons.</source>
        <translation>空白、引用符、バックスラッシュ、セミコロンを含まない絶対パスを入力してください。</translation>
    </message>
    <message>
        <source>The file does not exist.</source>
        <translation>このファイルはありません。</translation>
    </message>
    <message>
        <source>Other users can read this file, so PostgreSQL ignores it. Set its mode to 0600.</source>
        <translation>このファイルはほかのユーザーも読めるため、PostgreSQL に無視されます。モードを 0600 にしてください。</translation>
    </message>
    <message>
        <source>Enter the name or address by which nodes reach this machine.</source>
        <translation>ノードがこのマシンに接続するときの名前またはアドレスを入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::StoreHereScreen</name>
    <message>
        <source>Create a store here</source>
        <translation>ここにストアを作成</translation>
    </message>
    <message>
        <source>One file on this machine holds the fleet&apos;s state. Nothing else needs to be installed.</source>
        <translation>フリートの状態を、このマシンの 1 つのファイルに保存します。ほかに何もインストールする必要はありません。</translation>
    </message>
    <message>
        <source>Create store</source>
        <translation>ストアを作成</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダ</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>アカウント</translation>
    </message>
    <message>
        <source>%1, Administrator</source>
        <translation>%1 (管理者)</translation>
    </message>
    <message>
        <source>Master key</source>
        <translation>マスターキー</translation>
    </message>
    <message>
        <source>Created now and kept in this desktop&apos;s keychain. You can save a sealed backup of it afterwards.</source>
        <translation>ここで作成し、このデスクトップのキーチェーンに保管します。あとで封印バックアップを保存できます。</translation>
    </message>
</context>
<context>
    <name>fb::StoreRoomWords</name>
    <message>
        <source>The disk of the artifact store is nearly full</source>
        <translation>アーティファクトストアのディスクの空きが残りわずかです</translation>
    </message>
    <message>
        <source>The artifact store is full</source>
        <translation>アーティファクトストアが満杯です</translation>
    </message>
    <message>
        <source>The room for outputs is full</source>
        <translation>出力の容量が満杯です</translation>
    </message>
    <message>
        <source>The room for recordings is full</source>
        <translation>記録の容量が満杯です</translation>
    </message>
    <message>
        <source>%1 are free; at least %2 are kept free.</source>
        <translation>空きは %1 です。最低 %2 を空けておく設定です。</translation>
    </message>
    <message>
        <source>%1 of %2 are used.</source>
        <translation>%2 中 %1 を使用しています。</translation>
    </message>
    <message>
        <source>%1 The oldest recordings are removed to make room.</source>
        <translation>%1容量を空けるため、古い記録から削除しています。</translation>
    </message>
    <message>
        <source>%1 Recordings are not removed to make room: the fleet&apos;s settings do not allow it.</source>
        <translation>%1フリートの設定で許可されていないため、記録は削除されません。</translation>
    </message>
    <message>
        <source>%1 Commands still run; the oldest outputs are removed to make room.</source>
        <translation>%1コマンドは引き続き実行されます。容量を空けるため、古い出力から削除しています。</translation>
    </message>
    <message>
        <source>%1 Commands still run, but nothing more may be removed to make room for their output.</source>
        <translation>%1コマンドは引き続き実行されますが、出力の容量を空けるために削除できるものがありません。</translation>
    </message>
    <message>
        <source>Show the limit</source>
        <extracomment>verb, on a notice&apos;s button: opens the setting</extracomment>
        <translation>上限を表示</translation>
    </message>
    <message>
        <source>The run was sent with a warning</source>
        <translation>警告付きで実行を送信しました</translation>
    </message>
    <message>
        <source>The artifact store had no room for more output.</source>
        <translation>アーティファクトストアに出力の空きがありませんでした。</translation>
    </message>
    <message>
        <source>Show the run</source>
        <extracomment>verb, on a notice&apos;s button: opens the run</extracomment>
        <translation>実行を表示</translation>
    </message>
</context>
<context>
    <name>fb::StoreScreen</name>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Starting...</source>
        <translation>起動中...</translation>
    </message>
    <message>
        <source>The engine could not start with these settings.</source>
        <translation>この設定ではエンジンを起動できませんでした。</translation>
    </message>
</context>
<context>
    <name>fb::TabStack</name>
    <message>
        <source>More tabs</source>
        <translation>その他のタブ</translation>
    </message>
</context>
<context>
    <name>fb::TabStrip</name>
    <message>
        <source>Open sessions</source>
        <translation>開いているセッション</translation>
    </message>
    <message>
        <source>%1, new output</source>
        <translation>%1、新しい出力</translation>
    </message>
    <message>
        <source>%1, bell</source>
        <translation>%1、ベル</translation>
    </message>
    <message>
        <source>Name of the tab</source>
        <translation>タブの名前</translation>
    </message>
</context>
<context>
    <name>fb::TableBar</name>
    <message>
        <source>Views</source>
        <translation>ビュー</translation>
    </message>
    <message>
        <source>Saved views: filter, columns and sort under a name</source>
        <translation>保存済みビュー: フィルター、列、並べ替えに名前を付けたもの</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>表示する列を選択</translation>
    </message>
    <message>
        <source>Export all matching rows</source>
        <translation>一致するすべての行をエクスポート</translation>
    </message>
    <message>
        <source>%1 (changed)</source>
        <translation>%1 (変更あり)</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1 (デフォルト)</translation>
    </message>
    <message>
        <source>No saved views yet</source>
        <translation>保存済みビューはまだありません</translation>
    </message>
    <message>
        <source>No view</source>
        <translation>ビューなし</translation>
    </message>
    <message>
        <source>Save as a new view...</source>
        <translation>新しいビューとして保存...</translation>
    </message>
    <message>
        <source>Undo: bring back %1</source>
        <translation>元に戻す: %1 を復元</translation>
    </message>
    <message>
        <source>Save the changes to %1</source>
        <translation>%1 に変更を保存</translation>
    </message>
    <message>
        <source>Use %1 as the default view, or stop using it</source>
        <translation>%1 をデフォルトにする/解除する</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 を削除</translation>
    </message>
    <message>
        <source>Save this view</source>
        <translation>このビューを保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>It keeps the filter, the columns and the sort.</source>
        <translation>フィルター、列、並べ替えを保存します。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>ビューを保存</translation>
    </message>
    <message>
        <source>Enter a name of 1 to %1 characters.</source>
        <translation>1 ～ %1 文字の名前を入力してください。</translation>
    </message>
    <message>
        <source>There are already %1 views. Delete one first.</source>
        <translation>ビューはすでに %1 件あります。先に 1 件削除してください。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>エクスポート</translation>
    </message>
    <message>
        <source>CSV...</source>
        <translation>CSV...</translation>
    </message>
    <message>
        <source>CSV for spreadsheets, with a byte order mark...</source>
        <translation>表計算ソフト用 CSV (BOM 付き)...</translation>
    </message>
    <message>
        <source>JSON...</source>
        <translation>JSON...</translation>
    </message>
    <message>
        <source>Deselect the hidden ones</source>
        <translation>非表示の行の選択を解除</translation>
    </message>
    <message>
        <source>%1 selected; the filter hides %2 of them.</source>
        <translation>%1 件を選択中。うち %2 件はフィルターで非表示です。</translation>
    </message>
    <message>
        <source>Replace the view</source>
        <translation>ビューを置き換える</translation>
    </message>
    <message>
        <source>There is a view of this name. Replace it, or enter another name.</source>
        <translation>同じ名前のビューがあります。置き換えるか、別の名前を入力してください。</translation>
    </message>
</context>
<context>
    <name>fb::TableExport</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 に書き込めません: %2</translation>
    </message>
    <message>
        <source>Older rows could not be read completely.</source>
        <translation>古い行を最後まで読み込めませんでした。</translation>
    </message>
    <message>
        <source>The filter was changed while older rows were being read.</source>
        <translation>古い行の読み込み中にフィルターが変更されました。</translation>
    </message>
</context>
<context>
    <name>fb::TagEditor</name>
    <message>
        <source>Add a tag</source>
        <translation>タグを追加</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Remove this tag</source>
        <translation>このタグを削除</translation>
    </message>
    <message>
        <source>Key of tag %1</source>
        <translation>タグ %1 のキー</translation>
    </message>
    <message>
        <source>Value of tag %1</source>
        <translation>タグ %1 の値</translation>
    </message>
    <message>
        <source>Another tag has this key. Use each key only once.</source>
        <translation>同じキーのタグがあります。各キーは 1 回だけ指定してください。</translation>
    </message>
</context>
<context>
    <name>fb::TagRules</name>
    <message>
        <source>Enter a key.</source>
        <translation>キーを入力してください。</translation>
    </message>
    <message>
        <source>The key has %1 characters; at most %2 are allowed.</source>
        <translation>キーが %1 文字あります。%2 文字以内にしてください。</translation>
    </message>
    <message>
        <source>Keys that begin with aws: are reserved.</source>
        <translation>aws: で始まるキーは予約されています。</translation>
    </message>
    <message>
        <source>The key has an invisible character (U+%1). Remove it.</source>
        <translation>キーに見えない文字 (U+%1) があります。削除してください。</translation>
    </message>
    <message>
        <source>The value has %1 characters; at most %2 are allowed.</source>
        <translation>値が %1 文字あります。%2 文字以内にしてください。</translation>
    </message>
    <message>
        <source>The value has an invisible character (U+%1). Remove it.</source>
        <translation>値に見えない文字 (U+%1) があります。削除してください。</translation>
    </message>
</context>
<context>
    <name>fb::TagSheet</name>
    <message numerus="yes">
        <source>Tags of %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードのタグ</numerusform>
        </translation>
    </message>
    <message>
        <source>Set on each of them</source>
        <translation>すべてに設定</translation>
    </message>
    <message>
        <source>A tag with the same key gets the new value. All other tags stay.</source>
        <translation>同じキーのタグは新しい値になります。他のタグはそのままです。</translation>
    </message>
    <message>
        <source>Remove from those that have it</source>
        <translation>付いているノードから削除</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 を削除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message numerus="yes">
        <source>Change %n node(s)</source>
        <translation>
            <numerusform>%n 台のノードを変更</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TargetPicker</name>
    <message>
        <source>Nodes with these tags</source>
        <translation>次のタグを持つノード</translation>
    </message>
    <message>
        <source>All nodes</source>
        <translation>すべてのノード</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>タグ</translation>
    </message>
    <message numerus="yes">
        <source>%n chosen node(s)</source>
        <translation>
            <numerusform>選択した %n 台のノード</numerusform>
        </translation>
    </message>
    <message>
        <source>Matches no node now.</source>
        <translation>現在、該当するノードはありません。</translation>
    </message>
    <message>
        <source>Enter at least one tag as key=value.</source>
        <translation>タグを key=value の形で 1 つ以上入力してください。</translation>
    </message>
    <message>
        <source>Write each tag as key=value, for example env=prod.</source>
        <translation>タグは key=value の形で書いてください (例: env=prod)。</translation>
    </message>
    <message>
        <source>Nodes that match</source>
        <translation>一致するノード</translation>
    </message>
    <message>
        <source>Hide the nodes</source>
        <translation>ノードを隠す</translation>
    </message>
    <message>
        <source>Show the nodes</source>
        <translation>ノードを表示</translation>
    </message>
    <message numerus="yes">
        <source>Matches %n node(s) now.</source>
        <translation>
            <numerusform>現在 %n 台のノードが一致します。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Matches %n node(s) now (%1 offline).</source>
        <translation>
            <numerusform>現在 %n 台のノードが一致します (うち %1 台がオフライン)。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nodes that are offline run it if they come back in time.</source>
        <translation>オフラインのノードは、時間内に復帰すれば実行します。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ほか %n 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TerminalView</name>
    <message>
        <source>Terminal</source>
        <translation>ターミナル</translation>
    </message>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>新着 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>末尾へ</translation>
    </message>
    <message>
        <source>%1
Ctrl+click opens it</source>
        <translation>%1
Ctrl+クリックで開きます</translation>
    </message>
    <message>
        <source>Open this address?</source>
        <translation>このアドレスを開きますか?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy with colours</source>
        <translation>色付きでコピー</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>すべて選択</translation>
    </message>
    <message>
        <source>Find in scrollback</source>
        <translation>スクロールバックを検索</translation>
    </message>
    <message>
        <source>Save scrollback...</source>
        <translation>スクロールバックを保存...</translation>
    </message>
    <message>
        <source>Let the program fill the clipboard?</source>
        <translation>プログラムによるクリップボードへの書き込みを許可しますか?</translation>
    </message>
    <message numerus="yes">
        <source>It would hold %n character(s): %1</source>
        <translation>
            <numerusform>%n 文字が書き込まれます: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Fill the clipboard</source>
        <translation>クリップボードに書き込む</translation>
    </message>
    <message>
        <source>Save scrollback</source>
        <translation>スクロールバックを保存</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>テキスト (*.txt)</translation>
    </message>
</context>
<context>
    <name>fb::TextViewer</name>
    <message>
        <source>Find in the text</source>
        <translation>テキスト内を検索</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>長い行を折り返す</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>テキスト全体をコピー</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>見つかりません</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n か所</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TimeRangeText</name>
    <message>
        <source>Enter a time such as &quot;last 3 h&quot; or &quot;2026-11-20 10:00 to 12:00&quot;.</source>
        <translation>「過去 3 時間」や「2026-11-20 10:00 から 12:00」のように期間を入力してください。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a unit; use min, h, days or weeks.</source>
        <translation>「%1」は単位ではありません。分、時間、日、週のいずれかを使ってください。</translation>
    </message>
    <message>
        <source>The time is too short; the minimum is 1 min.</source>
        <translation>期間が短すぎます。1 分以上にしてください。</translation>
    </message>
    <message>
        <source>Measurements are kept for 15 days; choose a shorter time.</source>
        <translation>測定値の保存期間は 15 日間です。より短い期間を選んでください。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a time; enter it as 2026-11-20 10:00.</source>
        <translation>「%1」は日時ではありません。2026-11-20 10:00 のように入力してください。</translation>
    </message>
    <message>
        <source>The end must be after the beginning.</source>
        <translation>終了が開始より後になっていません。</translation>
    </message>
    <message>
        <source>This time is in the future.</source>
        <translation>まだ来ていない期間です。</translation>
    </message>
    <message>
        <source>last 24 h</source>
        <translation>過去 24 時間</translation>
    </message>
    <message>
        <source>last %1 days</source>
        <translation>過去 %1 日間</translation>
    </message>
    <message>
        <source>last %1 h</source>
        <translation>過去 %1 時間</translation>
    </message>
    <message>
        <source>last %1 min</source>
        <translation>過去 %1 分間</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two times</comment>
        <translation>%1 から %2</translation>
    </message>
</context>
<context>
    <name>fb::ToastStack</name>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <translation>
            <numerusform>%1 (%n 回)</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>fb::TopBar</name>
    <message>
        <source>Search or run</source>
        <translation>検索または実行</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>メニュー</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>進む</translation>
    </message>
</context>
<context>
    <name>fb::TransferStrip</name>
    <message>
        <source>%1: reading</source>
        <translation>%1: 読み取り中</translation>
    </message>
    <message>
        <source>%1: %2 of %3 sent</source>
        <translation>%1: %3 中 %2 を送信</translation>
    </message>
    <message>
        <source>%1: %2 of %3 fetched</source>
        <translation>%1: %3 中 %2 を受信</translation>
    </message>
    <message>
        <source>%1: waiting for the node, %2 of %3</source>
        <translation>%1: ノードを待機中、%3 中 %2</translation>
    </message>
    <message>
        <source>%1: sent</source>
        <translation>%1: 送信済み</translation>
    </message>
    <message>
        <source>%1: fetched</source>
        <translation>%1: 受信済み</translation>
    </message>
    <message>
        <source>%1: failed. %2</source>
        <translation>%1: 失敗。%2</translation>
    </message>
    <message>
        <source>%1: cancelled</source>
        <translation>%1: キャンセル済み</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>片付ける</translation>
    </message>
</context>
<context>
    <name>fb::TunnelSheet</name>
    <message>
        <source>Open a tunnel</source>
        <translation>トンネルを開く</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>開いたままにする</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>ノード</translation>
    </message>
    <message>
        <source>The connection goes through it.</source>
        <translation>接続はこのノードを経由します。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>ホスト</translation>
    </message>
    <message>
        <source>Name or address as seen from the node. Leave empty for the node itself.</source>
        <translation>ノードから見たホスト名またはアドレス。空欄の場合はノード自身です。</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>ポート</translation>
    </message>
    <message>
        <source>On that host: 1 to 65535.</source>
        <translation>そのホストのポート (1～65535)。</translation>
    </message>
    <message>
        <source>Port of this machine</source>
        <translation>このマシンのポート</translation>
    </message>
    <message>
        <source>Programs on this machine connect to it. If empty, any free port is used.</source>
        <translation>このマシンのプログラムはここに接続します。空欄の場合は空いているポートを使います。</translation>
    </message>
    <message>
        <source>Open tunnel</source>
        <translation>トンネルを開く</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Shown in the list. If empty, host and port are shown.</source>
        <translation>見分けるための名前。空欄の場合はホストとポートを表示します。</translation>
    </message>
    <message>
        <source>After a time-out</source>
        <translation>タイムアウト後</translation>
    </message>
    <message>
        <source>The next connection opens it again, and so does the console when it starts.</source>
        <translation>次の接続があったとき、およびコンソールの起動時に、もう一度開きます。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>No node is online. A tunnel needs an online node.</source>
        <translation>オンラインのノードがありません。トンネルにはオンラインのノードが必要です。</translation>
    </message>
    <message>
        <source>Enter a name or an address without spaces.</source>
        <translation>ホスト名またはアドレスを空白なしで入力してください。</translation>
    </message>
    <message>
        <source>Enter a port: 1 to 65535.</source>
        <translation>ポートを 1～65535 で入力してください。</translation>
    </message>
    <message>
        <source>Enter a port from 1 to 65535, or leave it empty.</source>
        <translation>ポートを 1～65535 で入力するか、空欄にしてください。</translation>
    </message>
    <message>
        <source>The tunnel was not opened.</source>
        <translation>トンネルを開けませんでした。</translation>
    </message>
    <message>
        <source>Use port %1</source>
        <translation>ポート %1 を使う</translation>
    </message>
</context>
<context>
    <name>fb::TunnelTable</name>
    <message>
        <source>Opening</source>
        <extracomment>of a tunnel: its session is being started</extracomment>
        <translation>開いています</translation>
    </message>
    <message>
        <source>Open</source>
        <extracomment>of a tunnel: it takes connections</extracomment>
        <translation>開通</translation>
    </message>
    <message>
        <source>Node offline</source>
        <extracomment>of a tunnel: the node&apos;s link is lost</extracomment>
        <translation>ノード切断</translation>
    </message>
    <message>
        <source>Idle</source>
        <extracomment>of a tunnel: it listens, and the next connection opens it again</extracomment>
        <translation>休止中</translation>
    </message>
    <message>
        <source>Not open</source>
        <extracomment>of a tunnel that is kept, and could not be opened yet</extracomment>
        <translation>未開通</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <extracomment>column title: of a tunnel</extracomment>
        <translation>トンネル</translation>
    </message>
    <message>
        <source>State</source>
        <extracomment>column title</extracomment>
        <translation>状態</translation>
    </message>
    <message>
        <source>On this machine</source>
        <extracomment>column title: the port of this machine that a tunnel listens on</extracomment>
        <translation>このマシンのポート</translation>
    </message>
    <message>
        <source>Node</source>
        <extracomment>column title</extracomment>
        <translation>ノード</translation>
    </message>
    <message>
        <source>Destination</source>
        <extracomment>column title: host and port that a tunnel leads to, as the node sees them</extracomment>
        <translation>接続先</translation>
    </message>
    <message>
        <source>Now</source>
        <extracomment>column title: bytes a second through a tunnel</extracomment>
        <translation>現在</translation>
    </message>
    <message>
        <source>%1/s in, %2/s out</source>
        <extracomment>rates of a tunnel: %1 from the node, %2 to it</extracomment>
        <translation>受信 %1/秒、送信 %2/秒</translation>
    </message>
    <message>
        <source>Connections</source>
        <extracomment>column title: open connections of a tunnel</extracomment>
        <translation>接続数</translation>
    </message>
    <message>
        <source>Total</source>
        <extracomment>column title: all bytes that went through a tunnel</extracomment>
        <translation>合計</translation>
    </message>
    <message>
        <source>Kept open</source>
        <extracomment>column title: whether a tunnel is opened again by itself</extracomment>
        <translation>開いたまま</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>あり</translation>
    </message>
    <message>
        <source>no</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Opened</source>
        <extracomment>column title: when the tunnel was opened</extracomment>
        <translation>開始</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>アドレス</translation>
    </message>
    <message>
        <source>not listening</source>
        <translation>待ち受けていません</translation>
    </message>
    <message>
        <source>port %1 of the node itself</source>
        <translation>ノード自身のポート %1</translation>
    </message>
    <message>
        <source>%1, as seen from the node</source>
        <translation>%1 (ノードから見た名前)</translation>
    </message>
    <message>
        <source>yes: opened again after a time-out and when the console starts</source>
        <translation>はい (タイムアウト後とコンソールの起動時にもう一度開きます)</translation>
    </message>
    <message>
        <source>From the node</source>
        <translation>ノードから</translation>
    </message>
    <message>
        <source>%1, now %2/s</source>
        <translation>%1 (現在 %2/秒)</translation>
    </message>
    <message>
        <source>To the node</source>
        <translation>ノードへ</translation>
    </message>
    <message>
        <source>%1 open, %2 so far</source>
        <translation>接続中 %1、これまで %2</translation>
    </message>
    <message>
        <source>Port %1</source>
        <extracomment>label of one connection: the port of the program that made it</extracomment>
        <translation>ポート %1</translation>
    </message>
    <message>
        <source>%1 in, %2 out, for %3</source>
        <translation>受信 %1、送信 %2、%3</translation>
    </message>
    <message>
        <source>connecting for %1</source>
        <translation>接続中 (%1)</translation>
    </message>
    <message>
        <source>Last refusal</source>
        <translation>最後の拒否</translation>
    </message>
    <message>
        <source>Session ID</source>
        <translation>セッション ID</translation>
    </message>
</context>
<context>
    <name>fb::TunnelsPage</name>
    <message>
        <source>Tunnels</source>
        <translation>トンネル</translation>
    </message>
    <message>
        <source>Filter: type a word, or state=open</source>
        <translation>フィルター: 語句、または state=open</translation>
    </message>
    <message>
        <source>No tunnels yet. A tunnel connects a port of this machine through a node to a port that only the node can reach, such as a database or a web page. The node opens no port for it.</source>
        <translation>トンネルはありません。トンネルは、このマシンのポートを、ノードを経由して、そのノードだけが到達できるデータベースや Web ページなどのポートにつなぎます。ノード側でポートを開く必要はありません。</translation>
    </message>
    <message>
        <source>The tunnels could not be read.</source>
        <translation>トンネルを読み込めませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>%n tunnel(s)</source>
        <translation>
            <numerusform>トンネル %n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>アドレスをコピー</translation>
    </message>
    <message>
        <source>This tunnel is not listening.</source>
        <translation>このトンネルは待ち受けていません。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Open a tunnel</source>
        <translation>トンネルを開く</translation>
    </message>
    <message>
        <source>%1 was copied.</source>
        <translation>%1 をコピーしました。</translation>
    </message>
    <message>
        <source>Connections to it reach %1.</source>
        <translation>そこに接続すると %1 につながります。</translation>
    </message>
    <message>
        <source>The tunnel was not closed.</source>
        <translation>トンネルを閉じられませんでした。</translation>
    </message>
    <message>
        <source>Close the tunnel %1?</source>
        <translation>トンネル %1 を閉じますか?</translation>
    </message>
    <message>
        <source>It is not reopened automatically.</source>
        <translation>自動では開き直されません。</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are cut off. It is not reopened automatically.</source>
        <translation>
            <numerusform>%n 件の接続が切断されます。自動では開き直されません。</numerusform>
        </translation>
    </message>
    <message>
        <source>Close the tunnel</source>
        <translation>トンネルを閉じる</translation>
    </message>
</context>
<context>
    <name>fb::TwoStepSheet</name>
    <message>
        <source>Two-step sign-in</source>
        <translation>2 段階サインイン</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>設定する</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>有効にする</translation>
    </message>
    <message>
        <source>Save as file...</source>
        <translation>ファイルに保存...</translation>
    </message>
    <message>
        <source>I have kept them</source>
        <translation>保管しました</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>無効にする</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>It is off: your password alone signs you in. With it, signing in also takes a code that an authenticator on your phone makes anew every 30 seconds. A password that was stolen is no longer enough.</source>
        <translation>現在は無効で、パスワードだけでサインインできます。有効にすると、スマートフォンの認証アプリが 30 秒ごとに作り直すコードも必要になります。パスワードが盗まれただけではサインインできなくなります。</translation>
    </message>
    <message>
        <source>the secret</source>
        <translation>シークレット</translation>
    </message>
    <message>
        <source>the link</source>
        <translation>リンク</translation>
    </message>
    <message>
        <source>Code that the authenticator shows now</source>
        <translation>認証アプリに表示されているコード</translation>
    </message>
    <message>
        <source>Six digits. It shows that the set-up worked.</source>
        <translation>6 桁の数字です。設定できたことを確認します。</translation>
    </message>
    <message>
        <source>1. Add an account in your authenticator, by hand, with this secret (time based, SHA-1, six digits, 30 seconds):</source>
        <translation>1. 認証アプリで、このシークレットを手入力してアカウントを追加します (時刻ベース、SHA-1、6 桁、30 秒):</translation>
    </message>
    <message>
        <source>Or give it this link:</source>
        <translation>または、このリンクを渡します:</translation>
    </message>
    <message>
        <source>2. Enter the code that it shows.</source>
        <translation>2. 表示されたコードを入力します。</translation>
    </message>
    <message>
        <source>the recovery codes</source>
        <translation>回復コード</translation>
    </message>
    <message>
        <source>Two-step sign-in is on. These ten codes let you in when the authenticator is lost, each once. They are shown only now: keep them where you keep your passwords.</source>
        <translation>2 段階サインインが有効になりました。認証アプリを失ったときは、この 10 個のコードでサインインできます (各 1 回)。表示されるのは今だけです。パスワードと同じ場所に保管してください。</translation>
    </message>
    <message>
        <source>Your password, to turn it off</source>
        <translation>パスワード (無効にするため)</translation>
    </message>
    <message>
        <source>To use another authenticator or new recovery codes, turn it off and set it up again.</source>
        <translation>別の認証アプリや新しい回復コードを使うには、無効にしてから設定し直します。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message numerus="yes">
        <source>It is on since %1. %n recovery code(s) are left.</source>
        <translation>
            <numerusform>%1 から有効です。回復コードの残りは %n 個です。</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter the code.</source>
        <translation>コードを入力してください。</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>パスワードを入力してください。</translation>
    </message>
    <message>
        <source>Save the recovery codes</source>
        <translation>回復コードの保存</translation>
    </message>
    <message>
        <source>The file was not written.</source>
        <translation>ファイルに書き込めませんでした。</translation>
    </message>
    <message>
        <source>These codes are shown only now.</source>
        <translation>これらのコードが表示されるのは今だけです。</translation>
    </message>
    <message>
        <source>Copy or save them, then press &quot;I have kept them&quot;.</source>
        <translation>コピーまたは保存してから、「保管しました」を押してください。</translation>
    </message>
</context>
<context>
    <name>fb::TwoStepViewModel</name>
    <message>
        <source>This is not the code that the authenticator shows now. Check the clock of that device and enter the newest code.</source>
        <translation>認証アプリに表示されているコードと一致しません。その端末の時計を確認し、最新のコードを入力してください。</translation>
    </message>
    <message>
        <source>Two-step sign-in was not changed.</source>
        <translation>2 段階サインインは変更されませんでした。</translation>
    </message>
    <message>
        <source>Flagbridge recovery codes of %1. Each works once, in place of a code of the authenticator.</source>
        <translation>%1 の Flagbridge 回復コード。認証アプリのコードの代わりに、各 1 回使えます。</translation>
    </message>
</context>
<context>
    <name>fb::VersionCompare</name>
    <message>
        <source>Older version</source>
        <translation>古いバージョン</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>新しいバージョン</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>Previous change (Shift+F7)</source>
        <translation>前の変更 (Shift+F7)</translation>
    </message>
    <message>
        <source>Next change (F7)</source>
        <translation>次の変更 (F7)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>比較元</translation>
    </message>
    <message>
        <source>to</source>
        <comment>a version</comment>
        <translation>比較先</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>バージョン %1</translation>
    </message>
    <message>
        <source>The versions are identical.</source>
        <translation>2 つのバージョンは同じです。</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n 行が異なります</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::WatchPage</name>
    <message>
        <source>Play from the start</source>
        <translation>最初から再生</translation>
    </message>
    <message>
        <source>Watched terminal</source>
        <translation>閲覧中のターミナル</translation>
    </message>
    <message>
        <source>Watching %1</source>
        <translation>%1 を閲覧中</translation>
    </message>
    <message>
        <source>Watching a session</source>
        <translation>セッションを閲覧中</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>理由: %1</translation>
    </message>
    <message>
        <source>This session is not recorded.</source>
        <translation>このセッションは記録されていません。</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>開いています</translation>
    </message>
    <message>
        <source>Nothing you type is sent. The operator can see that you are watching.</source>
        <translation>入力は送信されません。閲覧していることはオペレーターに表示されます。</translation>
    </message>
    <message>
        <source>The session has ended.</source>
        <translation>セッションは終了しました。</translation>
    </message>
    <message>
        <source>Not watched</source>
        <translation>閲覧していません</translation>
    </message>
    <message>
        <source>The session cannot be shown.</source>
        <translation>セッションを表示できません。</translation>
    </message>
    <message>
        <source>Watch again</source>
        <translation>もう一度閲覧</translation>
    </message>
</context>
<context>
    <name>fb::WelcomeWindow</name>
    <message>
        <source>The current store stays as it is; nothing in it is moved or removed.</source>
        <translation>現在のストアはそのまま残ります。移動や削除は行いません。</translation>
    </message>
    <message>
        <source>Where should your fleet&apos;s state be stored? You can change this later in Settings.</source>
        <translation>フリートの状態をどこに保存しますか。あとで「設定」から選び直せます。</translation>
    </message>
    <message>
        <source>Choose another store</source>
        <translation>別のストアを選ぶ</translation>
    </message>
    <message>
        <source>Welcome to Flagbridge</source>
        <translation>Flagbridge へようこそ</translation>
    </message>
    <message>
        <source>Create a store here</source>
        <translation>ここにストアを作成</translation>
    </message>
    <message>
        <source>A file on this machine, in %1. The simplest way: for one console and its fleet.</source>
        <translation>このマシンの %1 にあるファイル。コンソール 1 台でフリートを管理するときに最も簡単な方法です。</translation>
    </message>
    <message>
        <source>Connect to a shared PostgreSQL store</source>
        <translation>共有の PostgreSQL ストアに接続</translation>
    </message>
    <message>
        <source>A database on a server, with the backups and availability that it has there.</source>
        <translation>サーバー上のデータベース。バックアップや可用性はサーバー側の仕組みに任せられます。</translation>
    </message>
    <message>
        <source>Try the demo fleet</source>
        <translation>デモフリートを試す</translation>
    </message>
    <message>
        <source>Six real agents on this machine with a store of their own. Look around first; remove it at any time.</source>
        <translation>このマシンで動く 6 つの本物のエージェントと専用のストア。まず触ってみることができ、いつでも削除できます。</translation>
    </message>
    <message>
        <source>Set up without a desktop</source>
        <translation>デスクトップなしでセットアップ</translation>
    </message>
    <message>
        <source>Keep the store as it is</source>
        <translation>今のストアのまま使う</translation>
    </message>
</context>
<context>
    <name>fb::WizardSteps</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>ステップ %1/%2: %3</translation>
    </message>
</context>
<context>
    <name>fb::Workspace</name>
    <message>
        <source>Take out of the window, or put back</source>
        <translation>ウィンドウから切り離す/戻す</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
</TS>
