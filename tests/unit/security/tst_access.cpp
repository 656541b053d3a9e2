#include "backend/security/access.h"

#include "tests/support/scripted_access.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Access : public QObject
{
    Q_OBJECT

private slots:
    void ownerAloneMayAct_data();
    void ownerAloneMayAct();
    void scriptedAccessSaysWhatItIsTold();
};

void tst_Access::ownerAloneMayAct_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("role");
    QTest::addColumn<QString>("source");
    QTest::addColumn<bool>("allowed");
    const int administrator = static_cast<int>(Role::Administrator);
    QTest::addRow("owner") << u"alice"_s << administrator << u"control"_s << true;
    QTest::addRow("another administrator") << u"bob"_s << administrator << u"control"_s << false;
    QTest::addRow("owner's name, lower role")
        << u"alice"_s << static_cast<int>(Role::Operator) << u"api"_s << false;
    QTest::addRow("nobody") << QString() << administrator << QString() << false;
    QTest::addRow("the engine") << u"engine"_s << administrator << u"engine"_s << true;
    QTest::addRow("somebody called engine") << u"engine"_s << administrator << u"control"_s << false;
}

void tst_Access::ownerAloneMayAct()
{
    QFETCH(QString, name);
    QFETCH(int, role);
    QFETCH(QString, source);
    QFETCH(bool, allowed);
    const OwnerAccess access(u"alice"_s);
    const Principal who {.name = name, .role = static_cast<Role>(role), .source = source};
    const auto answer
        = access.check(who, actions::kSendCommand,
                       {.nodeIds = {u"mi-1"_s}, .nodeTags = {}, .documents = {}, .resource = {}});
    QCOMPARE(answer.has_value(), allowed);
    if (!allowed) {
        QVERIFY(answer.error().code == errors::kAccessDenied);
        QVERIFY2(answer.error().message.find("ssm:SendCommand on nodes mi-1") != std::string::npos,
                 answer.error().message.c_str());
    }
    QVERIFY(!OwnerAccess(QString()).check({.name = {}, .role = Role::Administrator, .source = {}},
                                          actions::kSendCommand, {}));
}

void tst_Access::scriptedAccessSaysWhatItIsTold()
{
    test::ScriptedAccess access;
    access.deny(actions::kStartSession);
    const Principal who {.name = u"alice"_s, .role = Role::Viewer, .source = {}};
    QVERIFY(access.check(who, actions::kSendCommand, {}));
    QVERIFY(access.check(who, actions::kStartSession, {}).error().code == errors::kAccessDenied);
    QCOMPARE(access.asked(), QStringList({u"alice ssm:SendCommand"_s, u"alice ssm:StartSession"_s}));
}

FB_TEST(tst_Access)
#include "tst_access.moc"
