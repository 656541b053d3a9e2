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
    void refusalSaysWhoWhatAndWhere();
    void scriptedAccessSaysWhatItIsTold();
};

void tst_Access::refusalSaysWhoWhatAndWhere()
{
    const Error refusal = accessDenied({.name = u"bob"_s, .role = Role::Viewer, .source = {}},
                                       actions::kSendCommand, {.nodeIds = {u"mi-1"_s}});
    QVERIFY(refusal.code == errors::kAccessDenied);
    QVERIFY2(refusal.message.starts_with("bob (Viewer) may not do ssm:SendCommand on nodes mi-1"),
             refusal.message.c_str());
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
