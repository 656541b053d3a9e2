#include "backend/base/qt_text.h"
#include "backend/dispatch/target_resolver.h"
#include "tests/support/fake_directory.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using test::FakeDirectory;

class tst_TargetResolver : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void valuesOrKeysAnd();
    void tagsAreCaseSensitive();
    void tagKey();
    void everyNode();
    void instanceIds();
    void unknownIdBesideATagMatchesNothing();
    void resourceGroups();
    void refusesShape_data();
    void refusesShape();
    void instanceIdForm_data();
    void instanceIdForm();

private:
    QList<int> resolved(const QList<Target> &targets)
    {
        const auto nodes = resolveTargets(targets, m_directory);
        if (!nodes)
            return {-1};
        QList<int> numbers;
        for (const NodeId &id : nodes->nodes)
            numbers.append(toQString(id).mid(3).toInt(nullptr, 16));
        return numbers;
    }

    FakeDirectory m_directory;
};

void tst_TargetResolver::init()
{
    m_directory = {};
    const auto add = [&](int number, const QString &dept, const QString &role) {
        m_directory.add(FakeDirectory::nodeId(number), {{u"Dept"_s, dept}, {u"Role"_s, role}});
    };
    add(1, u"Fin"_s, u"Web"_s);
    add(2, u"Mkt"_s, u"Db"_s);
    add(3, u"Fin"_s, u"Mail"_s);
    add(4, u"Ops"_s, u"Web"_s);
    m_directory.add(FakeDirectory::nodeId(5)).sourceId = u"i-0123456789abcdef0"_s;
}

void tst_TargetResolver::valuesOrKeysAnd()
{
    QCOMPARE(resolved({{u"tag:Dept"_s, {u"Fin"_s, u"Mkt"_s}}, {u"tag:Role"_s, {u"Web"_s, u"Db"_s}}}),
             (QList<int> {1, 2}));
    QCOMPARE(resolved({{u"tag:Dept"_s, {u"None"_s}}}), QList<int> {});
}

void tst_TargetResolver::tagsAreCaseSensitive()
{
    QCOMPARE(resolved({{u"tag:dept"_s, {u"Fin"_s}}}), QList<int> {});
    QCOMPARE(resolved({{u"tag:Dept"_s, {u"fin"_s}}}), QList<int> {});
    QCOMPARE(resolved({{u"tag:Dept"_s, {u"F*"_s}}}), QList<int> {}); // no wildcards
}

void tst_TargetResolver::tagKey()
{
    QCOMPARE(resolved({{u"tag-key"_s, {u"Dept"_s, u"Other"_s}}}), (QList<int> {1, 2, 3, 4}));
}

void tst_TargetResolver::everyNode()
{
    QCOMPARE(resolved({{u"InstanceIds"_s, {u"*"_s}}}), (QList<int> {1, 2, 3, 4, 5}));
}

void tst_TargetResolver::instanceIds()
{
    const QString unknown = toQString(FakeDirectory::nodeId(99));
    const QList<Target> targets {
        {u"InstanceIds"_s,
         {toQString(FakeDirectory::nodeId(3)), unknown, toQString(FakeDirectory::nodeId(1)),
          u"i-0123456789abcdef0"_s, toQString(FakeDirectory::nodeId(3))}}};
    QCOMPARE(resolved(targets), (QList<int> {1, 3, 5})); // ascending, each once
    QCOMPARE(resolveTargets(targets, m_directory)->unknownIds, QStringList {unknown});
}

void tst_TargetResolver::unknownIdBesideATagMatchesNothing()
{
    const auto nodes = resolveTargets(
        {{u"InstanceIds"_s, {toQString(FakeDirectory::nodeId(99))}}, {u"tag:Dept"_s, {u"Fin"_s}}},
        m_directory);
    QVERIFY(nodes && nodes->nodes.isEmpty() && nodes->unknownIds.isEmpty());
}

void tst_TargetResolver::resourceGroups()
{
    m_directory.groups[u"web"_s]
        = {FakeDirectory::nodeId(4), FakeDirectory::nodeId(1), FakeDirectory::nodeId(77)};
    QCOMPARE(resolved({{u"resource-groups:Name"_s, {u"web"_s}}}), (QList<int> {1, 4}));
    QCOMPARE(resolved({{u"resource-groups:ResourceTypeFilters"_s, {u"AWS::SSM::ManagedInstance"_s}}}).size(),
             5);
    QCOMPARE(resolved({{u"resource-groups:ResourceTypeFilters"_s, {u"AWS::EC2::Instance"_s}}}),
             QList<int> {});
    const auto missing = resolveTargets({{u"resource-groups:Name"_s, {u"nope"_s}}}, m_directory);
    QVERIFY(!missing);
    QCOMPARE(missing.error().field, "Targets[0].Values[0]");
}

void tst_TargetResolver::refusesShape_data()
{
    QTest::addColumn<QList<Target>>("targets");
    QTest::addColumn<QString>("field");
    const Target good {u"tag:Env"_s, {u"prod"_s}};
    QStringList many;
    for (int i = 0; i < 51; ++i)
        many.append(QString::number(i));
    QTest::addRow("six targets") << QList<Target>(6, good) << u"Targets"_s;
    QTest::addRow("no key") << QList<Target> {{QString(), {u"a"_s}}} << u"Targets[0].Key"_s;
    QTest::addRow("tag: alone") << QList<Target> {{u"tag:"_s, {u"a"_s}}} << u"Targets[0].Key"_s;
    QTest::addRow("unknown key") << QList<Target> {good, {u"Name"_s, {u"a"_s}}} << u"Targets[1].Key"_s;
    QTest::addRow("key of 164") << QList<Target> {{u"tag:"_s + QString(160, u'k'), {u"a"_s}}}
                                << u"Targets[0].Key"_s;
    QTest::addRow("no values") << QList<Target> {{u"tag:Env"_s, {}}} << u"Targets[0].Values"_s;
    QTest::addRow("51 values") << QList<Target> {{u"tag:Env"_s, many}} << u"Targets[0].Values"_s;
    QTest::addRow("star and id") << QList<Target> {{u"InstanceIds"_s, {u"*"_s, u"mi-1"_s}}}
                                 << u"Targets[0].Values"_s;
    QTest::addRow("two groups") << QList<Target> {{u"resource-groups:Name"_s, {u"a"_s, u"b"_s}}}
                                << u"Targets[0].Values"_s;
}

void tst_TargetResolver::refusesShape()
{
    QFETCH(QList<Target>, targets);
    QFETCH(QString, field);
    const auto checked = checkTargets(targets);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, errors::kValidation);
    QCOMPARE(toQString(checked.error().field), field);
}

void tst_TargetResolver::instanceIdForm_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("valid");
    QTest::addRow("mi") << u"mi-0123456789abcdef0"_s << true;
    QTest::addRow("i, 17 digits") << u"i-0123456789abcdef0"_s << true;
    QTest::addRow("i, 8 digits") << u"i-01234567"_s << true;
    QTest::addRow("mi, 8 digits") << u"mi-01234567"_s << false;
    QTest::addRow("upper case") << u"mi-0123456789ABCDEF0"_s << false;
    QTest::addRow("too long") << u"mi-0123456789abcdef01"_s << false;
    QTest::addRow("path") << u"../etc"_s << false;
    QTest::addRow("empty") << QString() << false;
}

void tst_TargetResolver::instanceIdForm()
{
    QFETCH(QString, id);
    QFETCH(bool, valid);
    QCOMPARE(isInstanceId(id), valid);
}

FB_TEST(tst_TargetResolver)
#include "tst_target_resolver.moc"
