// Node profiles and default host management (fleet-manager 3.10).
#include "tests/unit/fleet/fleet_rooms.h"

#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(NodeProfile)

class tst_NodeProfiles : public QObject
{
    Q_OBJECT

private slots:
    void aProfileComesAndGoes_data() { addDatabaseRows(); }
    void aProfileComesAndGoes();
    void whatIsUsedStays();
    void badProfiles_data();
    void badProfiles();
    void rolesOfNodes();
    void newNodesGetTheDefault();
    void onlyWhoMayChanges();

private:
    static NodeProfile strict()
    {
        return {.name = u"strict"_s,
                .description = u"no containers"_s,
                .deniedPlugins = {u"aws:runDockerAction"_s},
                .deniedTools = {u"FleetTool/files"_s},
                .metricsInterval = 30,
                .logLevel = AgentLogLevel::Warning,
                .proxy = u"http://proxy.example.net:3128"_s};
    }
};

void tst_NodeProfiles::aProfileComesAndGoes()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    QCOMPARE(rooms.profiles->profiles(rooms.owner)->size(), 1); // Default is built in
    QVERIFY(rooms.profiles->create(rooms.owner, strict()));
    QCOMPARE(rooms.profiles->create(rooms.owner, strict()).error().code, errors::kConflict);
    QVERIFY(rooms.db->flush());
    rooms.restart();
    const auto all = rooms.profiles->profiles(rooms.owner);
    QCOMPARE(all->size(), 2);
    NodeProfile expected = strict();
    expected.changedAt = rooms.db.clock.now();
    expected.changedBy = u"owner"_s;
    QVERIFY(all->at(1) == expected);
    expected.deniedPlugins.clear();
    QVERIFY(rooms.profiles->change(rooms.owner, expected));
    QVERIFY(rooms.profiles->profiles(rooms.owner)->at(1).deniedPlugins.isEmpty());
    QVERIFY(rooms.profiles->remove(rooms.owner, u"strict"_s));
    QCOMPARE(rooms.profiles->remove(rooms.owner, u"strict"_s).error().code, errors::kResourceNotFound);
    QCOMPARE(rooms.profiles->change(rooms.owner, expected).error().code, errors::kResourceNotFound);
    QVERIFY(rooms.db->flush());
    rooms.restart();
    QCOMPARE(rooms.profiles->profiles(rooms.owner)->size(), 1);
    QCOMPARE(rooms.profiles->remove(rooms.owner, u"Default"_s).error().code, errors::kConflict);
}

void tst_NodeProfiles::whatIsUsedStays()
{
    FleetRooms rooms(u"sqlite"_s);
    rooms.profiles->addUser(u"activations"_s,
                            [&](const QString &name) { return rooms.activations->usableWith(name); });
    const NodeId node = rooms.registered(u"web-1"_s);
    QVERIFY(rooms.profiles->create(rooms.owner, strict()));
    const auto refusal
        = [&] { return toQString(rooms.profiles->remove(rooms.owner, u"strict"_s).error().message); };
    QVERIFY(rooms.profiles->setProfileOf(rooms.owner, node, u"service-role/strict"_s));
    QVERIFY2(refusal().contains(u"1 nodes"_s), qPrintable(refusal()));
    QCOMPARE(rooms.profiles->profiles(rooms.owner)->at(1).nodes, 1);
    QVERIFY(rooms.profiles->setProfileOf(rooms.owner, node, u"Default"_s));
    QVERIFY(rooms.activations->createActivation(rooms.owner, {.iamRole = u"strict"_s}));
    QVERIFY2(refusal().contains(u"1 activations"_s), qPrintable(refusal()));
    rooms.db.clock.advance(std::chrono::hours(25)); // it has expired
    QVERIFY(rooms.settings->update(rooms.owner, settings::kDefaultHostManagement, u"strict"_s));
    QVERIFY2(refusal().contains(u"default host management"_s), qPrintable(refusal()));
    QVERIFY(rooms.profiles->profiles(rooms.owner)->at(1).isForNewNodes);
    QVERIFY(rooms.settings->reset(rooms.owner, settings::kDefaultHostManagement));
    QVERIFY(rooms.profiles->remove(rooms.owner, u"strict"_s));
}

void tst_NodeProfiles::badProfiles_data()
{
    QTest::addColumn<NodeProfile>("profile");
    QTest::addColumn<QString>("field");
    const auto row
        = [](const char *name, const QString &field, const std::function<void(NodeProfile &)> &change) {
              NodeProfile profile = strict();
              change(profile);
              QTest::addRow("%s", name) << profile << field;
          };
    row("no name", u"Name"_s, [](NodeProfile &p) { p.name.clear(); });
    row("a path for a name", u"Name"_s, [](NodeProfile &p) { p.name = u"../x"_s; });
    row("a long name", u"Name"_s, [](NodeProfile &p) { p.name = QString(65, u'x'); });
    row("no plugin", u"DeniedPlugins[0]"_s, [](NodeProfile &p) { p.deniedPlugins = {u"docker"_s}; });
    row("no tool", u"DeniedTools[0]"_s, [](NodeProfile &p) { p.deniedTools = {u"files"_s}; });
    row("too often", u"MetricsInterval"_s, [](NodeProfile &p) { p.metricsInterval = 9; });
    row("too seldom", u"ReportInterval"_s, [](NodeProfile &p) { p.reportInterval = 3601; });
    row("no proxy", u"Proxy"_s, [](NodeProfile &p) { p.proxy = u"proxy:3128"_s; });
    row("a password in the proxy", u"Proxy"_s, [](NodeProfile &p) { p.proxy = u"http://a:b@proxy:3128"_s; });
    row("a text-direction mark", u"Description"_s, [](NodeProfile &p) { p.description = u"a\u202eb"_s; });
}

void tst_NodeProfiles::badProfiles()
{
    QFETCH(NodeProfile, profile);
    QFETCH(QString, field);
    FleetRooms rooms(u"sqlite"_s);
    const auto refused = rooms.profiles->create(rooms.owner, profile);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, errors::kValidation);
    QCOMPARE(toQString(refused.error().field), field);
}

void tst_NodeProfiles::rolesOfNodes()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId node = rooms.registered(u"web-1"_s);
    QVERIFY(rooms.profiles->create(rooms.owner, strict()));
    QSignalSpy affected(rooms.profiles.get(), &NodeProfileService::nodesAffected);
    QCOMPARE(rooms.profiles->profileOf(node).name, u"Default"_s);
    const auto nope = rooms.profiles->setProfileOf(rooms.owner, node, u"nope"_s);
    QVERIFY(toQString(nope.error().message).startsWith(u"Not existing role: nope"_s));
    QCOMPARE(
        rooms.profiles->setProfileOf(rooms.owner, NodeId("mi-0123456789abcdef0"), u"strict"_s).error().code,
        errors::kInvalidInstanceId);
    QVERIFY(rooms.profiles->setProfileOf(rooms.owner, node, u"strict"_s));
    QCOMPARE(rooms.profiles->profileOf(node).deniedPlugins, QStringList {u"aws:runDockerAction"_s});
    QVERIFY(rooms.db->flush());
    QCOMPARE(affected.size(), 2); // of its making, none; of the node
    QCOMPARE(affected[1][0].value<QList<NodeId>>(), QList<NodeId> {node});
    NodeProfile looser = strict();
    looser.deniedPlugins.clear();
    QVERIFY(rooms.profiles->change(rooms.owner, looser));
    QVERIFY(rooms.db->flush());
    QCOMPARE(affected[2][0].value<QList<NodeId>>(), QList<NodeId> {node});
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    QCOMPARE(rooms.fleet->node(node)->iamRole.text(), u"strict"_s);
}

void tst_NodeProfiles::newNodesGetTheDefault()
{
    FleetRooms rooms(u"sqlite"_s);
    QVERIFY(rooms.profiles->create(rooms.owner, strict()));
    QCOMPARE(rooms.profiles->roleForNewNode(u"Default"_s), u"Default"_s);
    const auto unknown = rooms.settings->update(rooms.owner, settings::kDefaultHostManagement, u"nope"_s);
    QCOMPARE(unknown.error().code, errors::kValidation);
    QCOMPARE(unknown.error().field, std::string("SettingValue"));
    QVERIFY(rooms.settings->update(rooms.owner, settings::kDefaultHostManagement, u"service-role/strict"_s));
    QCOMPARE(rooms.profiles->roleForNewNode(u"Default"_s), u"service-role/strict"_s);
    QCOMPARE(rooms.profiles->roleForNewNode(u"strict"_s), u"strict"_s); // it has one of its own
    QVERIFY(rooms.settings->update(rooms.owner, settings::kDefaultHostManagement, settings::kNone));
    QCOMPARE(rooms.profiles->roleForNewNode(u"Default"_s), u"Default"_s);
}

void tst_NodeProfiles::onlyWhoMayChanges()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId node = rooms.registered(u"web-1"_s);
    QCOMPARE(rooms.profiles->profiles(rooms.stranger).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.profiles->create(rooms.stranger, strict()).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.profiles->change(rooms.stranger, strict()).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.profiles->remove(rooms.stranger, u"Default"_s).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.profiles->setProfileOf(rooms.stranger, node, u"Default"_s).error().code,
             errors::kAccessDenied);
}

FB_TEST(tst_NodeProfiles)
#include "tst_node_profiles.moc"
