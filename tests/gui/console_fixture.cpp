#include "tests/gui/console_fixture.h"

#include "ui/theme/flagbridge_style.h"

#include <QApplication>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

ConsoleFixture::ConsoleFixture(Fleet which, const QString &language, SchemeChoice scheme)
{
    if (!qobject_cast<FlagbridgeStyle *>(QApplication::style()))
        FlagbridgeStyle::install(Scheme::Light);
    if (which == Fleet::Sample) {
        fleetSource.nodes = FakeFleetSource::sampleFleet(fleetSource.m_now);
        nodeSource.nodes = fleetSource.nodes;
        fileSource.folders = FakeFileSource::sample(fileSource.m_now);
        accountSource.snapshot = FakeAccountSource::sample(accountSource.m_now);
        serviceSource.snapshot = FakeServiceSource::sample(serviceSource.m_now);
        serviceSource.told = FakeServiceSource::sampleDetail();
        processSource.snapshot = FakeProcessSource::sample(processSource.m_now);
        activationsSource.values = FakeActivationsSource::sample(activationsSource.now());
        approvalsSource.values = FakeApprovalsSource::sample(approvalsSource.now());
        profilesSource.values = FakeProfilesSource::sample(profilesSource.now());
        fleetSettingsSource.values = FakeFleetSettingsSource::sample(fleetSettingsSource.now());
        agentBuildsSource.values = FakeAgentBuildsSource::sample(agentBuildsSource.now());
        agentBuildsSource.releaseKey = FakeAgentBuildsSource::sampleKey();
        hardwareSource.values = FakeHardwareSource::sample(hardwareSource.now());
        sessionsSource.values = FakeSessionsSource::sample(sessionsSource.now());
        recordingSearch.found = FakeRecordingSearch::sample(recordingSearch.now());
        tunnelsSource.values = FakeTunnelsSource::sample(tunnelsSource.now());
        sessionsSource.cast = FakeSessionsSource::sampleCast();
        documentsSource.values = FakeDocumentsSource::sample(documentsSource.now());
        eventsSource.values = FakeEventsSource::sample(eventsSource.now());
        auditSource.values = FakeAuditSource::sample(auditSource.now());
        runSource.runs = {FakeRunSource::sampleRun(runSource.m_now)};
        settings.setStepsDone(
            {u"enrol"_s, u"run"_s, u"backup"_s, u"administrator"_s}); // its first day is long over
    }
    fleet = std::make_unique<FleetViewModel>(fleetSource);
    runs = std::make_unique<RunsViewModel>(runSource);
    demo = std::make_unique<DemoFleet>(*fleet, folder.filePath(u"no-agent"_s), folder.filePath(u"demo"_s));
    sessions
        = std::make_unique<SessionsViewModel>(sessionsSource, &SessionTable::idOf, SessionTable::columns());
    recordings = std::make_unique<RecordingSearchViewModel>(recordingSearch, &RecordingMatchTable::idOf,
                                                            RecordingMatchTable::columns());
    tunnels = std::make_unique<TunnelsViewModel>(tunnelsSource, &TunnelTable::idOf, TunnelTable::columns());
    desktops = std::make_unique<RemoteDesktops>(*tunnels, clock);
    documents = std::make_unique<DocumentsViewModel>(documentsSource, &DocumentTable::idOf,
                                                     DocumentTable::columns());
    drafts = std::make_unique<DraftStore>(folder.filePath(u"drafts"_s));
    events = std::make_unique<EventsViewModel>(eventsSource);
    audit = std::make_unique<AuditViewModel>(auditSource);
    activations = std::make_unique<ActivationsViewModel>(activationsSource, &ActivationTable::idOf,
                                                         ActivationTable::columns());
    approvals = std::make_unique<ApprovalsViewModel>(approvalsSource, &ApprovalTable::idOf,
                                                     ApprovalTable::columns());
    profiles
        = std::make_unique<ProfilesViewModel>(profilesSource, &ProfileTable::idOf, ProfileTable::columns());
    fleetSettings = std::make_unique<FleetSettingsViewModel>(fleetSettingsSource, &FleetSettingTable::idOf,
                                                             FleetSettingTable::columns());
    agentBuilds = std::make_unique<AgentBuildsViewModel>(agentBuildsSource, *fleet);
    rollOver = std::make_unique<CaRollOverViewModel>(rollOverSource);
    hardware
        = std::make_unique<HardwareViewModel>(hardwareSource, &HardwareTable::idOf, HardwareTable::columns());
    signIn = std::make_unique<SignInViewModel>(signInSource);
    firstSteps = std::make_unique<FirstSteps>(*fleet, *runs, keyBackup, settings);
    console = std::make_unique<Console>(models(),
                                        ConsoleFacts {.operatorName = u"m.tanaka"_s,
                                                      .hasStarted = true,
                                                      .store = u"SQLite, 1.2 MiB"_s,
                                                      .keyPlace = KeyPlace::Keychain});
    console->setLanguage(language);
    console->setScheme(scheme);
    fleet->start();
    runs->start();
    sessions->start();
    recordings->start();
    tunnels->start();
    documents->start();
    events->start();
    audit->start();
    activations->start();
    approvals->start();
    hardware->start();
    profiles->start();
    fleetSettings->start();
    agentBuilds->start();
    rollOver->start();
    console->show();
    static_cast<void>(QTest::qWaitForWindowExposed(&console->window()));
}

ConsoleFixture::~ConsoleFixture()
{
    console.reset(); // before the models it shows
}

void ConsoleFixture::addLostNotice()
{
    Notice notice;
    notice.state = StateKind::ConnectionLost;
    notice.title = u"web-osa-02 lost the connection"_s;
    notice.address = u"audit"_s;
    notice.action = u"Show"_s;
    notice.at = runSource.m_now;
    console->notices().add(notice);
}

QWidget *ConsoleFixture::visible(const char *name)
{
    const QList<QWidget *> all = window().findChildren<QWidget *>(QString::fromLatin1(name));
    for (QWidget *widget : all) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

void ConsoleFixture::click(const char *name)
{
    QWidget *widget = visible(name);
    QVERIFY2(widget, name);
    QTest::mouseClick(widget, Qt::LeftButton);
}

}
