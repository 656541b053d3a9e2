// The tool "accounts" on a real agent, with real users and groups of this machine: what is made is made, what is refused stays, and a
// password is nowhere but in the system's own file. As root only.
#include "tests/integration/tools/tool_bench.h"
#include "tests/support/test_main.h"

#include "backend/base/qt_text.h"
#include "models/nodes/tools/account_feed.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QMutex>
#include <QProcess>

#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;
using Kind = AccountDeed::Kind;

namespace {

    QByteArray output(const QString &program, const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished();
        return process.readAllStandardOutput().trimmed();
    }

    // Users and groups of a test: names nobody else has, gone with it whatever came of it.
    class OwnNames
    {
    public:
        OwnNames() { remove(); }
        ~OwnNames() { remove(); }
        QString user() const { return m_prefix + u"u"_s; }
        QString group() const { return m_prefix + u"g"_s; }

    private:
        void remove() const
        {
            (void)output(u"userdel"_s, {u"--force"_s, u"--remove"_s, user()});
            for (const QString &name : {group(), user()})
                (void)output(u"groupdel"_s, {name});
        }
        QString m_prefix = u"fbt%1"_s.arg(QCoreApplication::applicationPid());
    };

    QByteArray entry(const QString &database, const QString &name)
    {
        return output(u"getent"_s, {database, name});
    }

    // As somebody who is not root, who has to know the password.
    bool canSu(const QString &user, const QByteArray &password)
    {
        return output(u"setpriv"_s,
                      {u"--reuid=65534"_s, u"--regid=65534"_s, u"--clear-groups"_s, u"su"_s, user, u"-c"_s,
                       u"id -un"_s},
                      password + '\n')
            == user.toUtf8();
    }

    // Everything that is logged in this process, the engine's too, while it lives.
    class HeardLog
    {
    public:
        HeardLog() { s_before = qInstallMessageHandler(&HeardLog::take); }
        ~HeardLog() { qInstallMessageHandler(s_before); }
        HeardLog(const HeardLog &) = delete;
        HeardLog &operator=(const HeardLog &) = delete;
        static QString text()
        {
            const QMutexLocker lock(&s_mutex);
            return s_text;
        }

    private:
        static void take(QtMsgType type, const QMessageLogContext &context, const QString &line)
        {
            {
                const QMutexLocker lock(&s_mutex);
                s_text += line + u'\n';
            }
            s_before(type, context, line);
        }
        static inline QtMessageHandler s_before = nullptr;
        static inline QMutex s_mutex;
        static inline QString s_text;
    };

    QStringList filesWith(const QString &folder, const QByteArray &bytes)
    {
        QStringList found;
        QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
                found << file.fileName();
        }
        return found;
    }
}

class tst_LiveAccounts : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void listsWhatTheSystemKnows();
    void aUserWithAPassword();
    void aGroupAndAMember();
    void passwordsAndLocks();
    void whatIsRefused();
    void wrongRequests();

private:
    std::optional<AccountRow> user(const QString &name); // in a fresh list
    std::optional<GroupRow> group(const QString &name);
    bool list();
    ShownError perform(const AccountDeed &deed);
    static AccountDeed deedOf(Kind kind, const QString &user, quint32 number = 0)
    {
        AccountDeed deed {.kind = kind};
        deed.user = user;
        deed.number = number;
        return deed;
    }
    static AccountDeed groupDeed(Kind kind, const QString &group, quint32 number = 0,
                                 const QString &user = {})
    {
        AccountDeed deed {.kind = kind};
        deed.user = user;
        deed.group = group;
        deed.number = number;
        return deed;
    }

    std::unique_ptr<ToolBench> m_bench;
    std::unique_ptr<AccountFeed> m_feed;
    AccountSnapshot m_list;
};

void tst_LiveAccounts::init()
{
    if (::geteuid() != 0)
        QSKIP("only root makes users");
    m_bench = std::make_unique<ToolBench>();
    QVERIFY(m_bench->start());
    m_feed = std::make_unique<AccountFeed>(m_bench->fleet.engine());
}

void tst_LiveAccounts::cleanup()
{
    m_feed.reset();
    m_bench.reset();
}

bool tst_LiveAccounts::list()
{
    Answered<AccountSnapshot> answer;
    m_feed->list(m_bench->node(), this, answer.taker());
    if (!answer.wait() || !answer.problem.isEmpty()) {
        qWarning() << answer.problem.code << answer.problem.message;
        return false;
    }
    m_list = answer.value;
    return true;
}

std::optional<AccountRow> tst_LiveAccounts::user(const QString &name)
{
    if (list()) {
        for (const AccountRow &row : std::as_const(m_list.accounts)) {
            if (row.name == name)
                return row;
        }
    }
    return std::nullopt;
}

std::optional<GroupRow> tst_LiveAccounts::group(const QString &name)
{
    if (list()) {
        for (const GroupRow &row : std::as_const(m_list.groups)) {
            if (row.name == name)
                return row;
        }
    }
    return std::nullopt;
}

ShownError tst_LiveAccounts::perform(const AccountDeed &deed)
{
    bool came = false;
    ShownError told;
    m_feed->perform(m_bench->node(), deed, this, [&](const ShownError &problem) {
        told = problem;
        came = true;
    });
    if (!QTest::qWaitFor([&] { return came; }, 40'000))
        told.code = u"no answer"_s;
    return told;
}

void tst_LiveAccounts::listsWhatTheSystemKnows()
{
    const auto root = user(u"root"_s);
    QVERIFY(root);
    QCOMPARE(root->uid, 0U);
    QCOMPARE(root->guarded, u"root"_s);
    QVERIFY(root->isLocked); // root may know
    QVERIFY(!root->groups.isEmpty());
    const QStringList known = QString::fromUtf8(entry(u"passwd"_s, u"root"_s)).split(u':');
    QCOMPARE(root->home, known.value(5));
    QCOMPARE(root->shell, known.value(6));
    QCOMPARE(m_list.accountTotal, output(u"getent"_s, {u"passwd"_s}).split('\n').size());
    QCOMPARE(m_list.groupTotal, output(u"getent"_s, {u"group"_s}).split('\n').size());
}

// [fleet-manager 8.13]
void tst_LiveAccounts::aUserWithAPassword()
{
    const OwnNames names;
    const HeardLog log;
    const QByteArray canary = "Kanari:enVogel 73x!#'$(id)";
    AccountDeed create = deedOf(Kind::CreateUser, names.user());
    create.comment = u"Dave, for a while"_s;
    create.shell = u"/bin/sh"_s;
    create.password = canary;
    const ShownError problem = perform(create);
    QVERIFY2(problem.isEmpty(), qPrintable(problem.message));
    QVERIFY(canSu(names.user(), canary));
    QVERIFY(!canSu(names.user(), "another one"));
    const auto made = user(names.user());
    QVERIFY(made);
    QCOMPARE(made->comment, u"Dave, for a while"_s);
    QCOMPARE(made->shell, u"/bin/sh"_s);
    QCOMPARE(made->isLocked, std::optional(false));
    QVERIFY(!made->hasNoPassword);
    QVERIFY(QFile::exists(made->home));

    const QList<AuditEntry> entries = m_bench->audited(u"flagbridge:CreateUser"_s);
    QCOMPARE(entries.size(), 1);
    QCOMPARE(entries.first().result, u"Success"_s);
    QCOMPARE(entries.first().diff[u"Object"_s].toString(),
             u"user %1 (%2)"_s.arg(names.user()).arg(made->uid));
    QCOMPARE(entries.first().diff[u"Password"_s].toBool(), true); // that there is one
    const QByteArray text = QJsonDocument(entries.first().diff).toJson();
    QVERIFY2(!text.contains("Kanari"), text.constData());
    // Of all that engine and agent keep, commands' rows and logs with it: first that this way of looking finds something.
    m_feed->close(m_bench->node());
    m_bench->fleet.killAgent();
    m_bench->fleet.stopEngine();
    const QString folder = m_bench->fleet.folder();
    QVERIFY(!filesWith(folder, names.user().toUtf8()).isEmpty());
    for (const QByteArray &part : {canary, QByteArray("Kanari"), QByteArray("enVogel"), canary.toBase64()}) {
        const QStringList found = filesWith(folder, part);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u' ')));
    }
    QVERIFY(!m_bench->fleet.agentLog().contains("Kanari"));
    QVERIFY(!HeardLog::text().contains(u"Kanari"));
    m_feed.reset(); // before the engine it would ask
}

// [fleet-manager 8.14]
void tst_LiveAccounts::aGroupAndAMember()
{
    const OwnNames names;
    QVERIFY(perform(groupDeed(Kind::CreateGroup, names.group())).isEmpty());
    QVERIFY(!entry(u"group"_s, names.group()).isEmpty());
    QVERIFY(perform(deedOf(Kind::CreateUser, names.user())).isEmpty());
    const auto made = user(names.user());
    QVERIFY(made && made->hasNoPassword);
    QVERIFY(QFile::exists(made->home));
    QVERIFY(perform(groupDeed(Kind::AddMember, names.group(), 0, names.user())).isEmpty());
    QVERIFY(entry(u"group"_s, names.group()).endsWith(':' + names.user().toUtf8()));
    QCOMPARE(group(names.group())->members, QStringList {names.user()});
    QCOMPARE(user(names.user())->groups, (QStringList {names.user(), names.group()}));
    const AuditEntry added = m_bench->audited(u"flagbridge:AddGroupMember"_s).first();
    QCOMPARE(added.diff[u"Object"_s].toString(), u"group %1"_s.arg(names.group()));
    QCOMPARE(added.diff[u"User"_s].toString(), names.user());
    QCOMPARE(added.diff[u"After"_s].toString(), names.user());

    QVERIFY(perform(groupDeed(Kind::RemoveMember, names.group(), 0, names.user())).isEmpty());
    QVERIFY(group(names.group())->members.isEmpty());
    QVERIFY(perform(groupDeed(Kind::AddMember, names.group(), 0, names.user())).isEmpty());

    const ShownError problem = perform(deedOf(Kind::DeleteUserAndHome, names.user(), made->uid));
    QVERIFY2(problem.isEmpty(), qPrintable(problem.message));
    QVERIFY(entry(u"passwd"_s, names.user()).isEmpty());
    QVERIFY(entry(u"group"_s, names.group()).endsWith(':')); // nobody is left in it
    QVERIFY(!QFile::exists(made->home));
    QVERIFY(!user(names.user()));
    QVERIFY(m_bench->audited(u"flagbridge:DeleteUser"_s).first().diff[u"HomeRemoved"_s].toBool());
    QVERIFY(perform(groupDeed(Kind::DeleteGroup, names.group(), group(names.group())->gid)).isEmpty());
    QVERIFY(entry(u"group"_s, names.group()).isEmpty());
}

void tst_LiveAccounts::passwordsAndLocks()
{
    const OwnNames names;
    QVERIFY(perform(deedOf(Kind::CreateUser, names.user())).isEmpty());
    const quint32 uid = user(names.user())->uid;
    // There is nothing to unlock.
    QCOMPARE(perform(deedOf(Kind::Unlock, names.user(), uid)).code, u"RefusedByNode"_s);
    AccountDeed password = deedOf(Kind::SetPassword, names.user(), uid);
    password.password = "first: one of them";
    QVERIFY(perform(password).isEmpty());
    QVERIFY(canSu(names.user(), password.password));
    QVERIFY(perform(deedOf(Kind::Lock, names.user(), uid)).isEmpty());
    QVERIFY(!canSu(names.user(), password.password));
    QCOMPARE(user(names.user())->isLocked, std::optional(true));
    const AuditEntry locked = m_bench->audited(u"flagbridge:LockUser"_s).first();
    QCOMPARE(locked.diff[u"Before"_s].toString(), u"not locked"_s);
    QCOMPARE(locked.diff[u"After"_s].toString(), u"locked"_s);
    QVERIFY(perform(deedOf(Kind::Unlock, names.user(), uid)).isEmpty());
    QVERIFY(canSu(names.user(), password.password));
    // Another number: not the one that is meant.
    password.number = uid + 1;
    QCOMPARE(perform(password).code, u"DoesNotExistException"_s);
    // The home folder stays when it is to be kept.
    const QString home = user(names.user())->home;
    QVERIFY(perform(deedOf(Kind::DeleteUser, names.user(), uid)).isEmpty());
    QVERIFY(QFile::exists(home));
    QVERIFY(QDir(home).removeRecursively());
}

void tst_LiveAccounts::whatIsRefused()
{
    const OwnNames names;
    const ShownError root = perform(deedOf(Kind::DeleteUser, u"root"_s, 0));
    QCOMPARE(root.code, u"RefusedByNode"_s);
    QVERIFY2(root.message.contains(u"number 0"), qPrintable(root.message));
    QVERIFY(perform(deedOf(Kind::CreateUser, names.user())).isEmpty());
    const auto own = group(names.user());
    QVERIFY(own);
    QCOMPARE(own->primaryOf, 1);
    const ShownError primary = perform(groupDeed(Kind::DeleteGroup, names.user(), own->gid));
    QCOMPARE(primary.code, u"RefusedByNode"_s);
    QVERIFY2(primary.message.contains(u"primary group of "_s + names.user()), qPrintable(primary.message));
    QVERIFY(!entry(u"group"_s, names.user()).isEmpty());
    QCOMPARE(perform(groupDeed(Kind::RemoveMember, names.user(), 0, names.user())).code, u"RefusedByNode"_s);
    QCOMPARE(perform(deedOf(Kind::CreateUser, names.user())).code, u"RefusedByNode"_s); // it is there
    // What the system itself refuses is told in its words: a user with a running process stays.
    QProcess busy;
    const auto uid = user(names.user())->uid;
    busy.start(
        u"setpriv"_s,
        {u"--reuid=%1"_s.arg(uid), u"--clear-groups"_s, u"/bin/sh"_s, u"-c"_s, u"echo; exec sleep 9999"_s});
    QVERIFY(busy.waitForReadyRead());
    const ShownError used = perform(deedOf(Kind::DeleteUser, names.user(), uid));
    busy.kill();
    busy.waitForFinished();
    QCOMPARE(used.code, u"RefusedByNode"_s);
    QVERIFY2(used.message.contains(u"currently used by process"), qPrintable(used.message));
    QVERIFY(!entry(u"passwd"_s, names.user()).isEmpty());
}

void tst_LiveAccounts::wrongRequests()
{
    const OwnNames names;
    for (const QString &name : {u""_s, u"-r"_s, u"0day"_s, u"Dave"_s, u"a b"_s, u"a:b"_s, u"a\nb"_s,
                                QString(33, u'a'), u"root;reboot"_s}) {
        QCOMPARE(perform(deedOf(Kind::CreateUser, name)).code, u"ValidationException"_s);
        QCOMPARE(perform(groupDeed(Kind::CreateGroup, name)).code, u"ValidationException"_s);
    }
    AccountDeed create = deedOf(Kind::CreateUser, names.user());
    create.password = "two\nroot:lines";
    QCOMPARE(perform(create).code, u"ValidationException"_s);
    create.password = QByteArray(257, 'x');
    QCOMPARE(perform(create).code, u"ValidationException"_s);
    create.password.clear();
    create.comment = u"a:b"_s;
    QCOMPARE(perform(create).code, u"ValidationException"_s);
    create.comment.clear();
    create.shell = u"/no/such/shell"_s;
    QCOMPARE(perform(create).code, u"ValidationException"_s);
    create.shell.clear();
    create.groups = {u"no-such-group-here"_s};
    QCOMPARE(perform(create).code, u"DoesNotExistException"_s);
    QVERIFY(entry(u"passwd"_s, names.user()).isEmpty()); // nothing of all that was made
    QCOMPARE(perform(groupDeed(Kind::AddMember, u"-a"_s, 0, u"root"_s)).code, u"DoesNotExistException"_s);
}

FB_TEST(tst_LiveAccounts)

}

#include "tst_live_accounts.moc"
