// The units of a node as their page has them: one kind at a time, choices, details of one, a node that goes; what may be done to which.
#include "models/nodes/tools/services_view_model.h"
#include "tests/support/models/fake_service_source.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Kind = ServiceDeed::Kind;
using State = ServicesViewModel::State;
using Choice = ServicesViewModel::Choice;

class tst_ServicesViewModel : public QObject
{
    Q_OBJECT
private slots:
    void oneKindAtATime();
    void choices();
    void details();
    void deedsReadAnew();
    void offlineAndNoSystemd();
    void whatMayBeDone();
    void whatTheMachineNeeds();
    void words();

private:
    static ShownError problem(const QString &code)
    {
        return {.kind = ShownError::Kind::Unavailable, .code = code, .message = u"no"_s, .field = {}};
    }
};

void tst_ServicesViewModel::oneKindAtATime()
{
    FakeServiceSource source;
    source.snapshot = FakeServiceSource::sample(source.m_now);
    {
        ServicesViewModel model(source, u"mi-1"_s);
        QVERIFY(source.types.isEmpty());
        model.setLooking(true);
        QVERIFY(model.state() == State::Waiting);
        // The kind is chosen while the first list is on its way: that one is not shown.
        model.setType(u"timer"_s);
        QTRY_VERIFY(model.state() == State::Live);
        QCOMPARE(source.types, (QStringList {u"service"_s, u"timer"_s}));
        QCOMPARE(model.table().totalRows(), 2);
        QVERIFY(model.unit(u"fstrim.timer"_s) && !model.unit(u"ssh.service"_s));
        model.setType(u"service"_s);
        QVERIFY(model.state() == State::Waiting && model.table().totalRows() == 0);
        QTRY_COMPARE(model.table().totalRows(), 14);
        source.snapshot.units.removeIf([](const ServiceRow &row) { return row.unit == u"ssh.service"; });
        model.readNow();
        QTRY_COMPARE(model.table().totalRows(), 13);
        QVERIFY(!model.isCut());
        source.snapshot.total = 6000;
        model.readNow();
        QTRY_VERIFY(model.isCut());
    }
    QCOMPARE(source.closed, QStringList {u"mi-1"_s});
}

void tst_ServicesViewModel::choices()
{
    FakeServiceSource source;
    source.snapshot = FakeServiceSource::sample(source.m_now);
    ServicesViewModel model(source, u"mi-1"_s);
    model.setLooking(true);
    QTRY_COMPARE(model.count(Choice::All), 14);
    QCOMPARE(model.count(Choice::Running), 8); // of which one is starting; what ended well is none
    QCOMPARE(model.count(Choice::Failed), 1);
    model.setChoice(Choice::Failed);
    QCOMPARE(model.table().totalRows(), 1);
    QVERIFY(model.unit(u"ssh.service"_s)); // known, but not shown
    for (ServiceRow &row : source.snapshot.units) {
        if (row.unit == u"ssh.service")
            row.activeState = u"failed"_s;
    }
    model.readNow();
    QTRY_COMPARE(model.table().totalRows(), 2);
    model.setChoice(Choice::All);
    QCOMPARE(model.table().totalRows(), 14);
}

void tst_ServicesViewModel::details()
{
    FakeServiceSource source;
    source.snapshot = FakeServiceSource::sample(source.m_now);
    source.told = FakeServiceSource::sampleDetail();
    ServicesViewModel model(source, u"mi-1"_s);
    QSignalSpy told(&model, &ServicesViewModel::detailChanged);
    model.look(u"ssh.service"_s);
    model.look(u"nginx.service"_s); // before the first has come
    QVERIFY(!model.detail());
    QTRY_VERIFY(model.detail());
    QCOMPARE(model.detail()->row.unit, u"nginx.service"_s);
    QCOMPARE(told.size(), 3);
    source.problem = problem(u"TargetNotConnected"_s);
    model.readAll();
    QTRY_VERIFY(!model.detailProblem().isEmpty());
    QVERIFY(model.detail()); // what was known of it stays
    source.problem.reset();
    model.readNow(); // the node is back: its details are read too
    QTRY_VERIFY(model.detailProblem().isEmpty());
    model.look({});
    QVERIFY(!model.detail());
}

void tst_ServicesViewModel::deedsReadAnew()
{
    FakeServiceSource source;
    source.snapshot = FakeServiceSource::sample(source.m_now);
    source.outcome = {.after = u"active (running)"_s, .goesOn = false};
    ServicesViewModel model(source, u"mi-1"_s);
    model.look(u"nginx.service"_s);
    QTRY_VERIFY(model.detail());
    QSignalSpy done(&model, &ServicesViewModel::done);
    QSignalSpy refused(&model, &ServicesViewModel::refused);
    model.perform({.kind = Kind::Restart, .unit = u"nginx.service"_s});
    QVERIFY(model.isPerforming(u"nginx.service"_s) && !model.isPerforming(u"ssh.service"_s));
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(!model.isPerforming(u"nginx.service"_s));
    QCOMPARE(source.types.size(), 1);
    QCOMPARE(source.looked.size(), 2);
    source.refusal = problem(u"RefusedByNode"_s);
    model.perform({.kind = Kind::Stop, .unit = u"ssh.service"_s});
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(source.looked.size(), 2); // another one is looked at
    QTRY_COMPARE(source.types.size(), 2);
}

void tst_ServicesViewModel::offlineAndNoSystemd()
{
    FakeServiceSource source;
    source.snapshot = FakeServiceSource::sample(source.m_now);
    ServicesViewModel model(source, u"mi-1"_s);
    model.setLooking(true);
    QTRY_VERIFY(model.state() == State::Live);
    const auto becomes = [&](const QString &code, State state) {
        source.problem = problem(code);
        model.readNow();
        return QTest::qWaitFor([&] { return model.state() == state; });
    };
    QVERIFY(becomes(u"TargetNotConnected"_s, State::Offline));
    QCOMPARE(model.table().totalRows(), 14);
    QVERIFY(toMicros(model.asOf()) > 0);
    QVERIFY(becomes(u"UnsupportedPlatformType"_s, State::NoSystemd));
    QVERIFY(becomes(u"InternalServerError"_s, State::Failed));
}

void tst_ServicesViewModel::whatMayBeDone()
{
    ServiceRow row;
    row.unit = u"a.service"_s;
    row.loadState = u"loaded"_s;
    row.activeState = u"active"_s;
    row.subState = u"running"_s;
    row.fileState = u"enabled"_s;
    row.canStart = row.canStop = true;
    const auto can = [&row] {
        QList<int> kinds;
        for (int kind = int(Kind::Start); kind <= int(Kind::ResetFailed); ++kind) {
            if (ServiceDeeds::whyNot(row, static_cast<Kind>(kind)).isEmpty())
                kinds << kind;
        }
        return kinds;
    };
    const auto list = [](std::initializer_list<Kind> kinds) {
        QList<int> numbers;
        for (const Kind kind : kinds)
            numbers << int(kind);
        return numbers;
    };
    QCOMPARE(can(), list({Kind::Stop, Kind::Restart, Kind::Disable, Kind::Mask}));
    row.canReload = true;
    row.isOwn = true;
    QCOMPARE(can(), list({Kind::Restart, Kind::Reload}));
    row.isOwn = false;
    row.activeState = u"failed"_s;
    row.fileState = u"disabled"_s;
    QCOMPARE(can(), list({Kind::Start, Kind::Restart, Kind::Enable, Kind::Mask, Kind::ResetFailed}));
    row.activeState = u"inactive"_s;
    row.fileState = u"static"_s;
    QCOMPARE(can(), list({Kind::Start, Kind::Restart, Kind::Mask}));
    row.fileState = u"masked"_s;
    QCOMPARE(can(), list({Kind::Unmask}));
    row.fileState.clear(); // of no file
    row.canStart = row.canStop = false;
    QCOMPARE(can(), list({}));
}

void tst_ServicesViewModel::whatTheMachineNeeds()
{
    for (const QString &unit : {u"ssh.service"_s, u"sshd.socket"_s, u"networking.service"_s,
                                u"NetworkManager.service"_s, u"dbus.service"_s, u"dbus.socket"_s,
                                u"systemd-journald.service"_s, u"getty@tty1.service"_s, u"home.mount"_s})
        QVERIFY2(!ServiceDeeds::need(unit).isEmpty(), qPrintable(unit));
    for (const QString &unit :
         {u"nginx.service"_s, u"sshguard.service"_s, u"my-dbus.service"_s, u"cron.service"_s})
        QVERIFY2(ServiceDeeds::need(unit).isEmpty(), qPrintable(unit));
}

void tst_ServicesViewModel::words()
{
    ServiceRow row;
    const auto word = [&row](const QString &active, const QString &sub, const QString &load = u"loaded"_s) {
        row.activeState = active;
        row.subState = sub;
        row.loadState = load;
        return ServiceColumns::stateWord(row);
    };
    QCOMPARE(word(u"active"_s, u"running"_s), u"Running"_s);
    QVERIFY(ServiceColumns::stateKind(row) == StateKind::Success);
    QCOMPARE(word(u"active"_s, u"exited"_s), u"Finished"_s);
    QVERIFY(!row.isRunning() && !row.isStopped());
    QCOMPARE(word(u"activating"_s, u"auto-restart"_s), u"Restarts soon"_s);
    QCOMPARE(word(u"inactive"_s, u"dead"_s), u"Stopped"_s);
    QCOMPARE(word(u"inactive"_s, u"dead"_s, u"bad-setting"_s), u"Not usable"_s);
    QVERIFY(ServiceColumns::stateKind(row) == StateKind::Failed);
    QCOMPARE(word(u"failed"_s, u"failed"_s), u"Failed"_s);
    QCOMPARE(word(u"something-new"_s, u"x"_s), u"something-new"_s);
    QCOMPARE(ServiceColumns::all().size(), ServiceColumns::Restarts + 1);
}

FB_TEST(tst_ServicesViewModel)

}

#include "tst_services_view_model.moc"
