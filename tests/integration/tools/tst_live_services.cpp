// The tool "services" on a real agent that runs as a unit of a real systemd (tests/support/systemd_machine.h): what is done is done, as systemctl
// itself tells it, and stands in the audit log; the agent's own unit stays. A node without systemd says so.
#include "tests/integration/tools/tool_bench.h"
#include "tests/support/systemd_machine.h"
#include "tests/support/test_main.h"

#include "backend/base/qt_text.h"
#include "models/nodes/tools/service_feed.h"

#include <QFile>

namespace fb::test {

using namespace Qt::StringLiterals;
using DeedKind = ServiceDeed::Kind;

namespace {
    constexpr auto kAgentUnit = "flagbridge-agent.service";

    QByteArray service(const QByteArray &description, const QByteArray &lines)
    {
        return "[Unit]\nDefaultDependencies=no\nDescription=" + description + "\n[Service]\n" + lines
            + "\n[Install]\nWantedBy=multi-user.target\n";
    }
}

class tst_LiveServices : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void listsWhatSystemdKnows();
    void restartGivesANewProcess();
    void everyActionIsDone();
    void whatSystemdRefuses();
    void filesAndLog();
    void theAgentsOwnUnit();
    void whatTakesLongGoesOn();
    void wrongRequests();
    void aNodeWithoutSystemd();

private:
    std::optional<ServiceRow> row(const QString &unit); // in a fresh list
    Answered<ServiceSnapshot> list(const QString &type);
    Answered<ServiceDetail> detail(const QString &unit);
    Answered<ServiceOutcome> perform(DeedKind kind, const QString &unit);

    SystemdMachine m_machine;
    bool m_hasMachine = false;
    std::unique_ptr<ToolBench> m_bench;
    std::unique_ptr<ServiceFeed> m_feed;
};

void tst_LiveServices::initTestCase()
{
    QVERIFY2(QFile::exists(u"/lib/systemd/systemd"_s), "./dev setup installs it");
    m_hasMachine = m_machine.start();
    if (!m_hasMachine)
        return;
    QCOMPARE(m_machine.output(u"systemctl"_s, {u"start"_s, u"systemd-journald.service"_s}), QByteArray());
    m_bench = std::make_unique<ToolBench>();
    m_bench->fleet.setLauncher([this](const QStringList &command) {
        m_machine.writeUnit(
            QLatin1StringView(kAgentUnit),
            service("Flagbridge agent",
                    "KillMode=process\nDelegate=yes\nExecStart=" + command.join(u' ').toUtf8()));
        (void)m_machine.output(u"systemctl"_s, {u"start"_s, QLatin1StringView(kAgentUnit)});
    });
    if (!m_bench->start())
        qWarning().noquote() << m_machine.output(u"systemctl"_s,
                                                 {u"status"_s, QLatin1StringView(kAgentUnit)});
    QVERIFY(!m_bench->node().isEmpty());
    m_feed = std::make_unique<ServiceFeed>(m_bench->fleet.engine());
    m_machine.writeUnit(u"fbt-sleeper.service"_s,
                        service("Sleeps for <b>tests</b>", "ExecStart=/bin/sleep 10000"));
}

void tst_LiveServices::init()
{
    if (!m_hasMachine && QLatin1StringView(QTest::currentTestFunction()) != "aNodeWithoutSystemd"_L1)
        QSKIP(qPrintable(m_machine.whyNot()));
}

void tst_LiveServices::cleanupTestCase()
{
    if (m_hasMachine)
        (void)m_machine.output(u"systemctl"_s, {u"stop"_s, QLatin1StringView(kAgentUnit)});
    m_feed.reset();
    m_bench.reset();
}

Answered<ServiceSnapshot> tst_LiveServices::list(const QString &type)
{
    Answered<ServiceSnapshot> answer;
    m_feed->list(m_bench->node(), type, this, answer.taker());
    if (!answer.wait(40'000))
        answer.problem.code = u"no answer"_s;
    return answer;
}

std::optional<ServiceRow> tst_LiveServices::row(const QString &unit)
{
    const auto answer = list(unit.section(u'.', -1));
    if (!answer.problem.isEmpty())
        qWarning() << answer.problem.code << answer.problem.message;
    for (const ServiceRow &each : answer.value.units) {
        if (each.unit == unit)
            return each;
    }
    return std::nullopt;
}

Answered<ServiceDetail> tst_LiveServices::detail(const QString &unit)
{
    Answered<ServiceDetail> answer;
    m_feed->detail(m_bench->node(), unit, this, answer.taker());
    if (!answer.wait(40'000))
        answer.problem.code = u"no answer"_s;
    return answer;
}

Answered<ServiceOutcome> tst_LiveServices::perform(DeedKind kind, const QString &unit)
{
    Answered<ServiceOutcome> answer;
    m_feed->perform(m_bench->node(), {.kind = kind, .unit = unit}, this, answer.taker());
    if (!answer.wait(40'000))
        answer.problem.code = u"no answer"_s;
    return answer;
}

void tst_LiveServices::listsWhatSystemdKnows()
{
    // One whose file alone is there, which the manager has not loaded; one that only others name; a template.
    m_machine.writeUnit(u"fbt-idle.service"_s, service("Never started", "ExecStart=/bin/sleep 1"));
    m_machine.writeUnit(u"fbt-many@.service"_s, service("Template", "ExecStart=/bin/sleep 1"));
    m_machine.writeUnit(u"fbt-tick.timer"_s,
                        "[Unit]\nDefaultDependencies=no\nDescription=Ticks\n[Timer]\nOnCalendar=*-01-01 "
                        "00:00:00\nUnit=fbt-idle.service\n");
    (void)m_machine.output(u"systemctl"_s, {u"start"_s, u"fbt-tick.timer"_s, u"fbt-sleeper.service"_s});
    const auto services = list(u"service"_s);
    QVERIFY2(services.problem.isEmpty(), qPrintable(services.problem.message));
    QStringList names;
    for (const ServiceRow &each : services.value.units)
        names << each.unit;
    QVERIFY(names.contains(u"fbt-idle.service"_s) && names.contains(QLatin1StringView(kAgentUnit)));
    QVERIFY(!names.contains(u"fbt-many@.service"_s) && !names.contains(u"fbt-tick.timer"_s));
    QCOMPARE(services.value.total, names.size());
    const auto sleeper = row(u"fbt-sleeper.service"_s);
    QVERIFY(sleeper && sleeper->isRunning() && !sleeper->isOwn && sleeper->canStop && !sleeper->canReload);
    QCOMPARE(sleeper->description, u"Sleeps for <b>tests</b>"_s);
    QCOMPARE(sleeper->subState, u"running"_s);
    QCOMPARE(sleeper->fileState, u"disabled"_s);
    QCOMPARE(QByteArray::number(sleeper->mainPid.value_or(0)),
             m_machine.property(u"fbt-sleeper.service"_s, u"MainPID"_s));
    const auto begun = m_feed->now() - sleeper->since;
    QVERIFY(begun > std::chrono::seconds(-5) && begun < std::chrono::hours(1)); // in whole seconds
    const auto idle = row(u"fbt-idle.service"_s);
    QVERIFY(idle && idle->isStopped() && !idle->mainPid);
    const auto tick = row(u"fbt-tick.timer"_s);
    QVERIFY(tick);
    QCOMPARE(tick->subState, u"waiting"_s);
    QCOMPARE(tick->triggers, u"fbt-idle.service"_s);
    QVERIFY(tick->next > m_feed->now());
}

// [fleet-manager 8.15]
void tst_LiveServices::restartGivesANewProcess()
{
    const auto unit = u"fbt-sleeper.service"_s;
    (void)m_machine.output(u"systemctl"_s, {u"start"_s, unit});
    const auto before = row(unit);
    QVERIFY(before && before->mainPid);
    const auto done = perform(DeedKind::Restart, unit);
    QVERIFY2(done.problem.isEmpty(), qPrintable(done.problem.message));
    QVERIFY(!done.value.goesOn);
    const auto after = row(unit);
    QVERIFY(after && after->mainPid && after->isRunning());
    QVERIFY(*after->mainPid != *before->mainPid);
    QCOMPARE(m_machine.property(unit, u"MainPID"_s), QByteArray::number(*after->mainPid));
    const QList<AuditEntry> audited = m_bench->audited(u"flagbridge:RestartUnit"_s);
    QCOMPARE(audited.size(), 1);
    const AuditEntry &entry = audited.first();
    const auto owner
        = m_bench->fleet.ask([](Engine &engine) -> Result<QString> { return engine.owner().name; });
    QVERIFY(owner && !owner->isEmpty());
    QCOMPARE(entry.who.name, *owner);
    QVERIFY(entry.target.contains(m_bench->node()));
    QCOMPARE(entry.result, u"Success"_s);
    QCOMPARE(entry.diff[u"Object"_s].toString(), u"unit fbt-sleeper.service"_s);
    QCOMPARE(entry.diff[u"Before"_s].toString(),
             u"active (running), disabled, process %1"_s.arg(*before->mainPid));
    QCOMPARE(entry.diff[u"After"_s].toString(),
             u"active (running), disabled, process %1"_s.arg(*after->mainPid));
}

void tst_LiveServices::everyActionIsDone()
{
    const auto unit = u"fbt-all.service"_s;
    m_machine.writeUnit(unit, service("All of it", "ExecStart=/bin/sleep 10000\nExecReload=/bin/true"));
    const auto does = [&](DeedKind kind, const QString &property, const QByteArray &becomes) {
        const auto done = perform(kind, unit);
        if (!done.problem.isEmpty())
            qWarning() << done.problem.message;
        const QByteArray now = m_machine.property(unit, property);
        if (now != becomes)
            qWarning() << now << done.value.after;
        return done.problem.isEmpty() && now == becomes;
    };
    const auto active = u"ActiveState"_s;
    const auto file = u"UnitFileState"_s;
    QVERIFY(does(DeedKind::Start, active, "active"));
    QVERIFY(does(DeedKind::Reload, active, "active"));
    QVERIFY(does(DeedKind::Enable, file, "enabled"));
    QVERIFY(does(DeedKind::Disable, file, "disabled"));
    QVERIFY(does(DeedKind::Stop, active, "inactive"));
    QVERIFY(does(DeedKind::Mask, u"LoadState"_s, "masked"));
    const auto masked = row(unit);
    QVERIFY(masked && masked->isMasked());
    QCOMPARE(perform(DeedKind::Start, unit).problem.code, u"RefusedByNode"_s);
    QVERIFY(does(DeedKind::Unmask, u"LoadState"_s, "loaded"));
    const struct {
        const char *action;
        const char *before;
        const char *after;
    } expected[] = {{"EnableUnit", "disabled", "enabled"},
                    {"DisableUnit", "enabled", "disabled"},
                    {"StopUnit", "active (running)", "inactive (dead)"},
                    {"MaskUnit", "inactive", "masked"},
                    {"UnmaskUnit", "masked", "disabled"}};
    for (const auto &each : expected) {
        const QList<AuditEntry> audited = m_bench->audited(u"flagbridge:"_s + QLatin1StringView(each.action));
        QCOMPARE(audited.size(), 1);
        QVERIFY2(audited.first().diff[u"Before"_s].toString().contains(QLatin1StringView(each.before)),
                 each.action);
        QVERIFY2(audited.first().diff[u"After"_s].toString().contains(QLatin1StringView(each.after)),
                 each.action);
    }
}

void tst_LiveServices::whatSystemdRefuses()
{
    const auto unit = u"fbt-bad.service"_s;
    m_machine.writeUnit(unit, service("Always fails", "Type=oneshot\nExecStart=/bin/false"));
    const auto failed = perform(DeedKind::Start, unit);
    QCOMPARE(failed.problem.code, u"RefusedByNode"_s);
    QVERIFY2(failed.problem.message.contains(u"fbt-bad.service failed"), qPrintable(failed.problem.message));
    QCOMPARE(m_bench->audited(u"flagbridge:StartUnit"_s).first().result, u"RefusedByNode"_s);
    const auto shown = row(unit);
    QVERIFY(shown && shown->isFailed());
    QCOMPARE(shown->result, u"exit-code"_s);
    QVERIFY(perform(DeedKind::ResetFailed, unit).problem.isEmpty());
    QVERIFY(!row(unit)->isFailed());
    QCOMPARE(perform(DeedKind::Reload, u"fbt-sleeper.service"_s).problem.code, u"RefusedByNode"_s);
    QCOMPARE(perform(DeedKind::Start, u"fbt-none.service"_s).problem.code, u"DoesNotExistException"_s);
    QCOMPARE(detail(u"fbt-none.service"_s).problem.code, u"DoesNotExistException"_s);
    QCOMPARE(perform(DeedKind::Start, u"basic.target"_s).problem.code, u"RefusedByNode"_s); // only looked at
}

void tst_LiveServices::filesAndLog()
{
    const auto unit = u"fbt-talks.service"_s;
    m_machine.writeUnit(unit, service("Talks", "Type=oneshot\nExecStart=/bin/echo first line"));
    m_machine.writeUnit(u"fbt-talks.service.d/more.conf"_s, "[Service]\nEnvironment=MORE=1\n");
    QVERIFY(perform(DeedKind::Start, unit).problem.isEmpty());
    Answered<ServiceDetail> told;
    const auto logged = [&] { // the journal takes it in a moment later
        told = detail(unit);
        return told.value.log.join(u'\n').contains(u"first line");
    };
    QTRY_VERIFY_WITH_TIMEOUT(logged(), 20'000);
    QVERIFY(told.value.hasJournal && told.value.logProblem.isEmpty());
    const QString &text = told.value.text;
    QVERIFY2(text.startsWith(u"# /run/test-units/fbt-talks.service\n[Unit]"_s), qPrintable(text));
    QVERIFY(
        text.contains(u"# /run/test-units/fbt-talks.service.d/more.conf\n[Service]\nEnvironment=MORE=1"_s));
    QVERIFY(!told.value.isTextCut && told.value.textProblem.isEmpty());
    QCOMPARE(told.value.row.unit, unit);
    const auto root = detail(u"-.mount"_s); // of no file
    QVERIFY2(root.problem.isEmpty(), qPrintable(root.problem.message));
    QVERIFY(root.value.text.isEmpty() != root.value.textProblem.isEmpty());
}

void tst_LiveServices::theAgentsOwnUnit()
{
    const QString unit = QLatin1StringView(kAgentUnit);
    const auto own = row(unit);
    QVERIFY(own && own->isOwn && own->isRunning());
    for (const DeedKind kind : {DeedKind::Stop, DeedKind::Disable, DeedKind::Mask}) {
        const auto refused = perform(kind, unit);
        QCOMPARE(refused.problem.code, u"RefusedByNode"_s);
        QVERIFY(refused.problem.message.contains(unit));
    }
    QCOMPARE(m_machine.property(unit, u"ActiveState"_s), QByteArray("active"));
    QCOMPARE(m_machine.property(unit, u"LoadState"_s), QByteArray("loaded"));
    // Its identity is its own by now.
    m_machine.writeUnit(unit,
                        service("Flagbridge agent",
                                "KillMode=process\nDelegate=yes\nExecStart=" FB_BIN_DIR
                                "/flagbridge-agent --state "
                                    + m_bench->fleet.folder().toUtf8() + "/agent-0"));
    const auto restarted = perform(DeedKind::Restart, unit);
    QVERIFY2(restarted.problem.isEmpty(),
             qPrintable(restarted.problem.message)); // it comes before the agent ends
    QVERIFY(restarted.value.goesOn);
    const auto before = QByteArray::number(own->mainPid.value_or(0));
    QTRY_VERIFY_WITH_TIMEOUT(m_machine.property(unit, u"MainPID"_s) != before, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(row(unit) && row(unit)->mainPid, 30'000); // over the new one
    QVERIFY(QByteArray::number(row(unit)->mainPid.value_or(0)) != before);
}

void tst_LiveServices::whatTakesLongGoesOn()
{
    if (!qEnvironmentVariableIsSet("FB_SOAK"))
        QSKIP("it takes the whole time limit of a request");
    const auto unit = u"fbt-slow.service"_s;
    m_machine.writeUnit(unit, service("Slow", "ExecStartPre=/bin/sleep 45\nExecStart=/bin/sleep 10000"));
    const auto started = perform(DeedKind::Start, unit);
    QVERIFY2(started.problem.isEmpty(), qPrintable(started.problem.message));
    QVERIFY(started.value.goesOn);
    QVERIFY2(started.value.after.startsWith(u"activating"), qPrintable(started.value.after));
    QVERIFY(m_bench->audited(u"flagbridge:StartUnit"_s).first().diff[u"GoesOn"_s].toBool());
    QTRY_COMPARE_WITH_TIMEOUT(m_machine.property(unit, u"ActiveState"_s), QByteArray("active"), 60'000);
}

void tst_LiveServices::wrongRequests()
{
    for (const QString &name : {QString(), u"ssh"_s, u".service"_s, u"--all.service"_s, u"*.service"_s,
                                u"fbt-[a-z]*.service"_s, u"../etc/passwd.service"_s, u"a b.service"_s,
                                u"a\n.service"_s, u"x.exe"_s, QString(250, u'n') + u".service"_s}) {
        QCOMPARE(perform(DeedKind::Stop, name).problem.code, u"ValidationException"_s);
        QCOMPARE(detail(name).problem.code, u"ValidationException"_s);
    }
    QCOMPARE(perform(static_cast<DeedKind>(10), u"fbt-sleeper.service"_s).problem.code,
             u"ValidationException"_s);
    for (const QString &type : {QString(), u"services"_s, u"service,timer"_s, u"help"_s})
        QCOMPARE(list(type).problem.code, u"ValidationException"_s);
}

void tst_LiveServices::aNodeWithoutSystemd()
{
    if (QFile::exists(u"/run/systemd/system"_s))
        QSKIP("this machine was started by systemd");
    ToolBench bench;
    QVERIFY(bench.start());
    ServiceFeed feed(bench.fleet.engine());
    Answered<ServiceSnapshot> answer;
    feed.list(bench.node(), u"service"_s, this, answer.taker());
    QVERIFY(answer.wait());
    QCOMPARE(answer.problem.code, u"UnsupportedPlatformType"_s);
    QVERIFY2(answer.problem.message.contains(u"systemd"), qPrintable(answer.problem.message));
}

FB_TEST(tst_LiveServices)

}

#include "tst_live_services.moc"
