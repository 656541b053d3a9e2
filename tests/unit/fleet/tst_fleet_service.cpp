#include "tests/unit/fleet/fleet_rooms.h"

#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_FleetService : public QObject
{
    Q_OBJECT

private slots:
    void survivesARestart_data() { addDatabaseRows(); }
    void survivesARestart();
    void filters_data();
    void filters();
    void filtersAreAnded();
    void badFilters();
    void propertiesByOperator_data();
    void propertiesByOperator();
    void olderFilterList();
    void tagsStayWithinReach();
    void pages();
    void tags();
    void names_data();
    void names();
    void linkNews();
    void deregister_data() { addDatabaseRows(); }
    void deregister();
    void changesOfOneTurn_data() { addDatabaseRows(); }
    void changesOfOneTurn();
    void lostChangesAreTakenBack();
    void nothingRevivesADeregisteredNode_data() { addDatabaseRows(); }
    void nothingRevivesADeregisteredNode();
    void strangersSeeNothing();

private:
    QStringList names(const QList<Node> &nodes) const
    {
        QStringList out;
        for (const Node &node : nodes)
            out.append(node.computerName);
        out.sort();
        return out;
    }
};

void tst_FleetService::survivesARestart()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    Node node = rooms.someNode(u"web-1"_s, {{u"Env"_s, u"prod"_s}});
    node.kernel = u"6.1.0"_s;
    node.cpuCount = 8;
    node.memoryBytes = 64LL << 30;
    node.bootTime = rooms.db.clock.now();
    node.runsAsRoot = true;
    QVERIFY(rooms.db->write([&](Transaction &tx) { return rooms.fleet->registerNode(tx, node); }));
    QVERIFY(rooms.db->flush());
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    const Node *found = rooms.fleet->node(node.id);
    QVERIFY(found);
    QVERIFY(*found == node);
    QCOMPARE(rooms.fleet->find(node.id)->tags.value(u"Env"_s), u"prod"_s);
}

void tst_FleetService::filters_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QStringList>("found");
    QTest::addRow("tag values or") << u"tag:Env"_s << QStringList {u"dev"_s, u"test"_s}
                                   << QStringList {u"a"_s, u"b"_s};
    QTest::addRow("tag is case-sensitive") << u"tag:Env"_s << QStringList {u"DEV"_s} << QStringList {};
    QTest::addRow("tag key") << u"tag-key"_s << QStringList {u"Role"_s} << QStringList {u"c"_s};
    QTest::addRow("ping") << u"PingStatus"_s << QStringList {u"Online"_s} << QStringList {u"a"_s};
    QTest::addRow("inactive matches nothing")
        << u"PingStatus"_s << QStringList {u"Inactive"_s} << QStringList {};
    QTest::addRow("platform") << u"PlatformTypes"_s << QStringList {u"Linux"_s}
                              << QStringList {u"a"_s, u"b"_s, u"c"_s};
}

void tst_FleetService::filters()
{
    QFETCH(QString, key);
    QFETCH(QStringList, values);
    QFETCH(QStringList, found);
    FleetRooms rooms(u"sqlite"_s);
    const NodeId a = rooms.registered(u"a"_s, {{u"Env"_s, u"dev"_s}});
    rooms.registered(u"b"_s, {{u"Env"_s, u"test"_s}});
    rooms.registered(u"c"_s, {{u"Env"_s, u"prod"_s}, {u"Role"_s, u"db"_s}});
    rooms.fleet->linkUp(*rooms.fleet->node(a));
    const auto answer = rooms.fleet->describeInstanceInformation(rooms.owner, {.filters = {{key, values}}});
    QVERIFY(answer);
    QCOMPARE(names(answer->nodes), found);
}

// [fleet-manager 8.5] values or, keys and: dev or test, and online
void tst_FleetService::filtersAreAnded()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId dev = rooms.registered(u"dev-on"_s, {{u"Env"_s, u"dev"_s}});
    const NodeId test = rooms.registered(u"test-on"_s, {{u"Env"_s, u"test"_s}});
    const NodeId prod = rooms.registered(u"prod-on"_s, {{u"Env"_s, u"prod"_s}});
    rooms.registered(u"dev-off"_s, {{u"Env"_s, u"dev"_s}});
    for (const NodeId &node : {dev, test, prod})
        rooms.fleet->linkUp(Node(*rooms.fleet->node(node)));
    const auto answer = rooms.fleet->describeInstanceInformation(
        rooms.owner, {.filters = {{u"tag:Env"_s, {u"dev"_s, u"test"_s}}, {u"PingStatus"_s, {u"Online"_s}}}});
    QVERIFY(answer);
    QCOMPARE(names(answer->nodes), QStringList({u"dev-on"_s, u"test-on"_s}));
}

void tst_FleetService::badFilters()
{
    FleetRooms rooms(u"sqlite"_s);
    const auto unknown
        = rooms.fleet->describeInstanceInformation(rooms.owner, {.filters = {{u"Colour"_s, {u"red"_s}}}});
    QVERIFY(!unknown && unknown.error().code == errors::kInvalidFilterKey);
    QCOMPARE(unknown.error().field, std::string("Filters[0].Key"));
    const auto value
        = rooms.fleet->describeInstanceInformation(rooms.owner, {.filters = {{u"PingStatus"_s, {u"Up"_s}}}});
    QVERIFY(!value && value.error().code == errors::kInvalidInstanceInformationFilterValue);
    const auto token = rooms.fleet->describeInstanceInformation(rooms.owner, {.nextToken = u"made-up"_s});
    QVERIFY(!token && token.error().code == errors::kInvalidNextToken);
}

void tst_FleetService::propertiesByOperator_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<NodeFilterOperator>("op");
    QTest::addColumn<QStringList>("values");
    QTest::addColumn<QStringList>("found");
    using Op = NodeFilterOperator;
    const auto row
        = [](const char *name, const QString &key, Op op, const QStringList &values,
             const QStringList &found) { QTest::addRow("%s", name) << key << op << values << found; };
    row("equal", u"AgentVersion"_s, Op::Equal, {u"3.10"_s}, {u"b"_s});
    row("not equal to either", u"AgentVersion"_s, Op::NotEqual, {u"3.10"_s, u"3.9"_s}, {u"c"_s});
    row("parts are numbers: 3.10 is above 3.9", u"AgentVersion"_s, Op::GreaterThan, {u"3.9"_s},
        {u"b"_s, u"c"_s});
    row("below", u"AgentVersion"_s, Op::LessThan, {u"3.10"_s}, {u"a"_s});
    row("begins with", u"AgentVersion"_s, Op::BeginWith, {u"3."_s}, {u"a"_s, u"b"_s});
    row("tag", u"tag:Env"_s, Op::BeginWith, {u"pro"_s}, {u"a"_s});
    row("another tag, or none", u"tag:Env"_s, Op::NotEqual, {u"prod"_s}, {u"b"_s, u"c"_s});
    row("has no such tag", u"tag-key"_s, Op::NotEqual, {u"Env"_s}, {u"c"_s});
    row("no association yet", u"AssociationStatus"_s, Op::Equal, {u"Success"_s}, {});
}

void tst_FleetService::propertiesByOperator() // spec/fleet-manager.md 3.2
{
    QFETCH(QString, key);
    QFETCH(NodeFilterOperator, op);
    QFETCH(QStringList, values);
    QFETCH(QStringList, found);
    FleetRooms rooms(u"sqlite"_s);
    const auto add = [&](const QString &name, const QString &version, const TagMap &tags) {
        Node node = *rooms.fleet->node(rooms.registered(name, tags));
        node.agentVersion = version;
        rooms.fleet->linkUp(node);
    };
    add(u"a"_s, u"3.9"_s, {{u"Env"_s, u"prod"_s}});
    add(u"b"_s, u"3.10"_s, {{u"Env"_s, u"test"_s}});
    add(u"c"_s, u"4"_s, {});
    const auto answer = rooms.fleet->describeInstanceProperties(
        rooms.owner, {.filters = {{.key = key, .values = values, .op = op}}});
    QVERIFY(answer);
    QCOMPARE(names(answer->nodes), found);
}

void tst_FleetService::olderFilterList()
{
    FleetRooms rooms(u"sqlite"_s);
    const QString a = toQString(rooms.registered(u"a"_s));
    rooms.registered(u"b"_s);
    const auto one = rooms.fleet->describeInstanceProperties(
        rooms.owner, {.oldFilters = {{.key = u"InstanceIds"_s, .values = {a}}}});
    QVERIFY(one);
    QCOMPARE(names(one->nodes), QStringList {u"a"_s});
    const auto codeOf
        = [](const auto &answer) { return answer ? std::string_view() : answer.error().code.name(); };
    const OldNodeFilter nobody {.key = u"InstanceIds"_s, .values = {u"mi-00000000000000000"_s}};
    QCOMPARE(codeOf(rooms.fleet->describeInstanceProperties(rooms.owner, {.oldFilters = {nobody}})),
             errors::kInvalidInstanceId.name());
    QCOMPARE(codeOf(rooms.fleet->describeInstanceInformation(rooms.owner, {.oldFilters = {nobody}})),
             errors::kInvalidInstanceId.name());
    const NodeFilter newer {.key = u"PingStatus"_s, .values = {u"Online"_s}};
    QCOMPARE(codeOf(rooms.fleet->describeInstanceProperties(rooms.owner,
                                                            {.filters = {newer}, .oldFilters = {nobody}})),
             errors::kInvalidFilterKey.name());
    QCOMPARE(codeOf(rooms.fleet->describeInstanceProperties(
                 rooms.owner, {.oldFilters = {{.key = u"PingStatus"_s, .values = {u"Up"_s}}}})),
             errors::kInvalidInstancePropertyFilterValue.name());
    QVERIFY(!rooms.fleet->describeInstanceProperties(rooms.stranger, {}));
}

// [T16] asked with the tags before and with those after
void tst_FleetService::tagsStayWithinReach()
{
    class OnlyDev final : public Access
    {
    public:
        Result<void> check(const Principal &who, Action action, const AccessTarget &target) const override
        {
            if (target.nodeIds.isEmpty() || target.nodeTags.value(u"Env"_s) == u"dev"_s)
                return {};
            return accessDenied(who, action, target);
        }
    };
    FleetRooms rooms(u"sqlite"_s);
    const NodeId dev = rooms.registered(u"dev"_s, {{u"Env"_s, u"dev"_s}});
    const NodeId prod = rooms.registered(u"prod"_s, {{u"Env"_s, u"prod"_s}});
    const OnlyDev access;
    FleetService narrowed({*rooms.db, *rooms.events, *rooms.audit, access, rooms.tokens, rooms.db.clock});
    QVERIFY(narrowed.start());
    QVERIFY(!narrowed.addTags(rooms.owner, prod, {{.key = u"Env"_s, .value = u"dev"_s}}));
    QVERIFY(!narrowed.addTags(rooms.owner, dev, {{.key = u"Env"_s, .value = u"prod"_s}}));
    QVERIFY(!narrowed.removeTags(rooms.owner, dev, {u"Env"_s})); // its last one
    QVERIFY(!narrowed.rename(rooms.owner, prod, u"mine"_s));
    QVERIFY(!narrowed.deregister(rooms.owner, prod));
    QVERIFY(!narrowed.tagsOf(rooms.owner, prod));
    QVERIFY(narrowed.addTags(rooms.owner, dev, {{.key = u"Role"_s, .value = u"db"_s}}));
    QVERIFY(rooms.db->flush());
}

void tst_FleetService::pages()
{
    FleetRooms rooms(u"sqlite"_s);
    QStringList all;
    for (int i = 0; i < 12; ++i) {
        all.append(u"n%1"_s.arg(i));
        rooms.registered(all.constLast());
    }
    all.sort();
    QStringList seen;
    DescribeInstanceInformationRequest request {.maxResults = 5};
    int pages = 0;
    do {
        const auto page = rooms.fleet->describeInstanceInformation(rooms.owner, request);
        QVERIFY(page);
        seen += names(page->nodes);
        request.nextToken = page->nextToken;
        ++pages;
    } while (!request.nextToken.isEmpty());
    seen.sort();
    QCOMPARE(seen, all);
    QCOMPARE(pages, 3);
}

void tst_FleetService::tags()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId node = rooms.registered(u"a"_s);
    QVERIFY(rooms.fleet->addTags(rooms.owner, node, {{u"Env"_s, u"dev"_s}, {u"Role"_s, QString()}}));
    QVERIFY(rooms.db->flush());
    QCOMPARE(rooms.fleet->node(node)->tags.value(u"Env"_s), u"dev"_s);
    QCOMPARE(rooms.fleet->find(node)->tags.value(u"Env"_s), u"dev"_s);

    const auto reserved = rooms.fleet->addTags(rooms.owner, node, {{u"aws:x"_s, u"y"_s}});
    QVERIFY(!reserved && reserved.error().code == errors::kValidation);
    // [P12] a text-direction override in a tag is refused by name
    const auto spoof = rooms.fleet->addTags(rooms.owner, node, {{u"Env"_s, u"safe\u202etxt"_s}});
    QVERIFY(!spoof && spoof.error().field == "Tags[0]");
    QList<Tag> many;
    for (int i = 0; i < 51; ++i)
        many.append({u"k%1"_s.arg(i), QString()});
    const auto tooMany = rooms.fleet->addTags(rooms.owner, node, many);
    QVERIFY(!tooMany && tooMany.error().code == errors::kTooManyTags);
    QCOMPARE(rooms.fleet->node(node)->tags.size(), 2);

    QVERIFY(rooms.fleet->removeTags(rooms.owner, node, {u"Env"_s}));
    QVERIFY(rooms.db->flush());
    QVERIFY(!rooms.fleet->node(node)->tags.contains(u"Env"_s));
    const auto nobody = rooms.fleet->addTags(rooms.owner, NodeId("mi-00000000000000000"), {});
    QVERIFY(!nobody && nobody.error().code == errors::kInvalidResourceId);
    QCOMPARE(rooms.audit->entries(rooms.db->reader(), 0, 10)->size(), 2);
}

void tst_FleetService::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("accepted");
    QTest::addRow("plain") << u"web 01 東京"_s << true;
    QTest::addRow("slash") << u"a/b"_s << false;
    QTest::addRow("dots") << u".."_s << false;
    QTest::addRow("long") << QString(256, u'n') << false;
    QTest::addRow("NUL") << QString(QChar(0)) << false;
    QTest::addRow("override") << u"a\u202eb"_s << false;
}

void tst_FleetService::names()
{
    QFETCH(QString, name);
    QFETCH(bool, accepted);
    FleetRooms rooms(u"sqlite"_s);
    const NodeId node = rooms.registered(u"a"_s);
    QCOMPARE(rooms.fleet->rename(rooms.owner, node, name).has_value(), accepted);
    QVERIFY(rooms.db->flush());
    QCOMPARE(rooms.fleet->node(node)->name, accepted ? name : QString());
}

void tst_FleetService::linkNews()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId id = rooms.registered(u"a"_s);
    QSignalSpy changed(rooms.fleet.get(), &FleetService::nodesChanged);
    Node reported = rooms.someNode(u"renamed-host"_s);
    reported.id = id;
    rooms.fleet->linkUp(reported);
    QVERIFY(rooms.db->flush());
    QCOMPARE(rooms.fleet->node(id)->ping, PingStatus::Online);
    QCOMPARE(rooms.fleet->node(id)->computerName, u"renamed-host"_s);
    QTRY_COMPARE(changed.size(), 1);
    rooms.fleet->linkDown(id, u"stopped"_s);
    QVERIFY(rooms.db->flush());
    QCOMPARE(rooms.fleet->node(id)->ping, PingStatus::ConnectionLost);
    const QList<Event> events = rooms.eventsOf(u"Managed Node State Change"_s);
    QCOMPARE(events.size(), 3); // Registered, Online, ConnectionLost
    QCOMPARE(events[2].detail[u"previous-state"].toString(), u"Online"_s);
    QCOMPARE(events[2].detail[u"reason"].toString(), u"stopped"_s);
}

void tst_FleetService::deregister()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const NodeId id = rooms.registered(u"a"_s, {{u"Env"_s, u"dev"_s}});
    QSignalSpy gone(rooms.fleet.get(), &FleetService::nodeDeregistered);
    bool stepFails = true;
    rooms.fleet->onDeregister([&](Transaction &, const NodeId &) -> Result<void> {
        return stepFails ? Result<void>(makeError(errors::kInternal, "no")) : Result<void>();
    });
    QVERIFY(!rooms.fleet->deregister(rooms.owner, id));
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.fleet->node(id)); // nothing half done
    stepFails = false;
    QVERIFY(rooms.fleet->deregister(rooms.owner, id));
    QVERIFY(rooms.db->flush());
    QCOMPARE(gone.size(), 1);
    QVERIFY(!rooms.fleet->node(id));
    const auto again = rooms.fleet->deregister(rooms.owner, id);
    QVERIFY(!again && again.error().code == errors::kInvalidInstanceId);
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    QVERIFY(!rooms.fleet->node(id));
    QCOMPARE(rooms.eventsOf(u"Managed Node State Change"_s).constLast().detail[u"state"].toString(),
             u"Deregistered"_s);
}

// Several changes of one node before the turn's commit: each builds upon the ones before it.
void tst_FleetService::changesOfOneTurn()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const NodeId id = rooms.registered(u"a"_s);
    Node reported = rooms.someNode(u"host-1"_s);
    reported.id = id;
    rooms.fleet->linkUp(reported);
    QVERIFY(rooms.fleet->addTags(rooms.owner, id, {{u"Env"_s, u"dev"_s}}));
    QVERIFY(rooms.fleet->addTags(rooms.owner, id, {{u"Role"_s, u"web"_s}}));
    QVERIFY(rooms.fleet->rename(rooms.owner, id, u"the web server"_s));
    reported.kernel = u"6.1.0"_s;
    rooms.fleet->factsReported(reported);
    rooms.fleet->linkDown(id, u"stopped"_s);
    QVERIFY(rooms.db->flush());
    const auto check = [&] {
        const Node *node = rooms.fleet->node(id);
        QVERIFY(node);
        QCOMPARE(node->tags, (TagMap {{u"Env"_s, u"dev"_s}, {u"Role"_s, u"web"_s}}));
        QCOMPARE(node->name, u"the web server"_s);
        QCOMPARE(node->computerName, u"host-1"_s);
        QCOMPARE(node->kernel, u"6.1.0"_s);
        QCOMPARE(node->ping, PingStatus::ConnectionLost);
        QCOMPARE(rooms.fleet->find(id)->tags.value(u"Env"_s), u"dev"_s);
    };
    check();
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    check();
}

// What a batch that fails had changed is gone from memory too; the link alone stays as it is.
void tst_FleetService::lostChangesAreTakenBack()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId id = rooms.registered(u"a"_s, {{u"Env"_s, u"dev"_s}});
    const NodeId other = rooms.registered(u"b"_s);
    bool fails = true;
    const int finisher = rooms.db->addBatchFinisher([&](Transaction &, const auto &) -> Result<void> {
        return fails ? Result<void>(makeError(errors::kInternal, "no")) : Result<void>();
    });
    const auto spoil = [&](Transaction &tx) -> Result<void> {
        tx.stage(finisher, 1);
        return {};
    };
    Node reported = rooms.someNode(u"host-1"_s);
    reported.id = id;
    QVERIFY(rooms.db->write(spoil));
    rooms.fleet->linkUp(reported);
    QVERIFY(rooms.fleet->addTags(rooms.owner, id, {{u"Env"_s, u"prod"_s}}));
    QVERIFY(rooms.fleet->rename(rooms.owner, id, u"lost"_s));
    QVERIFY(rooms.fleet->deregister(rooms.owner, other));
    QVERIFY(!rooms.db->flush());
    QCOMPARE(rooms.fleet->node(id)->tags, (TagMap {{u"Env"_s, u"dev"_s}}));
    QCOMPARE(rooms.fleet->node(id)->name, QString());
    QCOMPARE(rooms.fleet->node(id)->ping, PingStatus::Online);
    QVERIFY(rooms.fleet->node(other));
    fails = false;
    QVERIFY(rooms.fleet->rename(rooms.owner, id, u"kept"_s));
    QVERIFY(rooms.db->flush());
    QCOMPARE(rooms.fleet->node(id)->name, u"kept"_s);
    QCOMPARE(rooms.fleet->node(id)->tags, (TagMap {{u"Env"_s, u"dev"_s}}));
}

// News of a node that come in the turn that deregisters it, and an operator who is late by a moment.
void tst_FleetService::nothingRevivesADeregisteredNode()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const NodeId id = rooms.registered(u"a"_s);
    Node reported = rooms.someNode(u"host-1"_s);
    reported.id = id;
    QVERIFY(rooms.fleet->deregister(rooms.owner, id));
    QVERIFY(!rooms.fleet->rename(rooms.owner, id, u"late"_s));
    QVERIFY(!rooms.fleet->addTags(rooms.owner, id, {{u"Env"_s, u"dev"_s}}));
    rooms.fleet->linkUp(reported);
    rooms.fleet->factsReported(reported);
    QVERIFY(!rooms.fleet->deregister(rooms.owner, id));
    QVERIFY(rooms.db->flush());
    QVERIFY(!rooms.fleet->node(id));
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    QVERIFY(!rooms.fleet->node(id));
}

void tst_FleetService::strangersSeeNothing()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId id = rooms.registered(u"a"_s);
    QVERIFY(!rooms.fleet->describeInstanceInformation(rooms.stranger, {}));
    QVERIFY(!rooms.fleet->addTags(rooms.stranger, id, {{u"a"_s, u"b"_s}}));
    QVERIFY(!rooms.fleet->rename(rooms.stranger, id, u"x"_s));
    const auto refused = rooms.fleet->deregister(rooms.stranger, id);
    QVERIFY(!refused && refused.error().code == errors::kAccessDenied);
    QVERIFY(rooms.fleet->node(id));
}

FB_TEST(tst_FleetService)
#include "tst_fleet_service.moc"
