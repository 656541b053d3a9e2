#include "backend/nodes/sessions/session_preferences.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_SessionPreferences : public QObject
{
    Q_OBJECT

private slots:
    void defaults();
    void values();
    void outOfRange_data();
    void outOfRange();
    void whoItRunsAs_data();
    void whoItRunsAs();
};

namespace {

Tree inputs(std::initializer_list<std::pair<const char *, const char *>> members)
{
    Tree tree = Tree::map();
    for (const auto &[name, text] : members)
        tree.set(name, Tree::string(text));
    return tree;
}

}

void tst_SessionPreferences::defaults()
{
    QCOMPARE(sessionPreferences(Tree::map()).value(), SessionPreferences {});
    // empty text is as good as nothing
    QCOMPARE(sessionPreferences(inputs({{"maxSessionDuration", ""}, {"s3BucketName", ""}})).value(),
             SessionPreferences {});
}

void tst_SessionPreferences::values()
{
    Tree tree = inputs({{"idleSessionTimeout", "5"},
                        {"maxSessionDuration", "1440"},
                        {"runAsEnabled", "true"},
                        {"runAsDefaultUser", "deploy"},
                        {"recordingEnabled", "false"}});
    Tree profile = Tree::map();
    profile.set("linux", Tree::string("exec /bin/bash\ncd /srv"));
    tree.set("shellProfile", profile);
    const auto read = sessionPreferences(tree);
    QVERIFY(read);
    QCOMPARE(read->idleTimeout.count(), 5);
    QCOMPARE(read->maxDuration.count(), 1440);
    QVERIFY(read->runAsEnabled && !read->recordingEnabled);
    QCOMPARE(read->shellProfileLinux, u"exec /bin/bash\ncd /srv"_s);
}

void tst_SessionPreferences::outOfRange_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("idle 61") << QByteArray("idleSessionTimeout") << QByteArray("61");
    QTest::addRow("idle 0") << QByteArray("idleSessionTimeout") << QByteArray("0");
    QTest::addRow("maximum 0") << QByteArray("maxSessionDuration") << QByteArray("0");
    QTest::addRow("maximum in words") << QByteArray("maxSessionDuration") << QByteArray("an hour");
    QTest::addRow("retention") << QByteArray("recordingRetentionDays") << QByteArray("3651");
}

void tst_SessionPreferences::outOfRange()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    const auto read = sessionPreferences(inputs({{name.constData(), text.constData()}}));
    QVERIFY(!read);
    QCOMPARE(read.error().field, "inputs." + name.toStdString());
}

void tst_SessionPreferences::whoItRunsAs_data()
{
    QTest::addColumn<bool>("enabled");
    QTest::addColumn<QString>("defaultUser");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QString>("user"); // "!" for refused
    QTest::addRow("off") << false << u"ops"_s << u"deploy"_s << QString();
    QTest::addRow("default user") << true << u"ops"_s << QString() << u"ops"_s;
    QTest::addRow("operator's attribute first") << true << u"ops"_s << u"deploy"_s << u"deploy"_s;
    QTest::addRow("nobody named") << true << QString() << QString() << u"!"_s;
    QTest::addRow("root is refused") << true << u"root"_s << QString() << u"!"_s;
    QTest::addRow("root by attribute is refused") << true << u"ops"_s << u"root"_s << u"!"_s;
}

void tst_SessionPreferences::whoItRunsAs()
{
    QFETCH(bool, enabled);
    QFETCH(QString, defaultUser);
    QFETCH(QString, attribute);
    QFETCH(QString, user);
    SessionPreferences preferences;
    preferences.runAsEnabled = enabled;
    preferences.runAsDefaultUser = defaultUser;
    const auto chosen = runAsUser(preferences, attribute);
    QCOMPARE(chosen ? *chosen : u"!"_s, user);
}

FB_TEST(tst_SessionPreferences)
#include "tst_session_preferences.moc"
