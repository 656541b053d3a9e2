#include "backend/security/operators/operator_access.h"

#include "backend/base/qt_text.h"
#include "backend/security/operators/role_permissions.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_OperatorAccess : public QObject
{
    Q_OBJECT

private slots:
    void roles_data();
    void roles();
    void nobody();
    void wildcards_data();
    void wildcards();
    void denyWins();
    void allowAdds();
    void scopeNarrows();
    void parameterPaths();
    void tagsAreReadWhenAsked();
    void groupsCount();
    void wildcardsAreLinear();
};

namespace {

Operator operatorNamed(const QString &name, Role role)
{
    Operator who;
    who.name = name;
    who.role = role;
    return who;
}

Principal principal(const QString &name, Role believed = Role::Administrator)
{
    return {.name = name, .role = believed, .source = u"api"_s};
}

AccessTarget node(const QString &id, const QMap<QString, QString> &tags = {})
{
    return {.nodeIds = {id}, .nodeTags = tags};
}

}

void tst_OperatorAccess::roles_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("reads");
    QTest::addColumn<bool>("runs");
    QTest::addColumn<bool>("approves");
    QTest::addColumn<bool>("administers");
    QTest::addRow("Viewer") << static_cast<int>(Role::Viewer) << true << false << false << false;
    QTest::addRow("Operator") << static_cast<int>(Role::Operator) << true << true << false << false;
    QTest::addRow("Approver") << static_cast<int>(Role::Approver) << true << false << true << false;
    QTest::addRow("Administrator") << static_cast<int>(Role::Administrator) << true << true << true << true;
}

void tst_OperatorAccess::roles()
{
    QFETCH(int, role);
    QFETCH(bool, reads);
    QFETCH(bool, runs);
    QFETCH(bool, approves);
    QFETCH(bool, administers);
    OperatorAccess access;
    access.setOperators({operatorNamed(u"alice"_s, static_cast<Role>(role))}, {});
    const Principal alice = principal(u"alice"_s); // whatever she believes to be
    QCOMPARE(access.check(alice, actions::kListCommands).has_value(), reads);
    QCOMPARE(access.check(alice, actions::kSendCommand, node(u"mi-1"_s)).has_value(), runs);
    for (const Action tools : {actions::kViewNodeTools, actions::kChangeNodeWithTools})
        QCOMPARE(access.check(alice, tools, node(u"mi-1"_s)).has_value(), runs);
    QCOMPARE(access.check(alice, actions::kApproveNode).has_value(), approves);
    QCOMPARE(access.check(alice, actions::kCreateAccessKey).has_value(), administers);
    QCOMPARE(access.check(alice, Action("flagbridge:NobodyKnowsIt")).has_value(), administers);
}

void tst_OperatorAccess::nobody()
{
    OperatorAccess access;
    Operator out = operatorNamed(u"bob"_s, Role::Administrator);
    out.enabled = false;
    access.setOperators({out}, {});
    for (const QString &name : {u""_s, u"carol"_s, u"bob"_s}) {
        const auto refused = access.check(principal(name), actions::kListCommands);
        QVERIFY(!refused && refused.error().code == errors::kAccessDenied);
    }
    QVERIFY(access.check(enginePrincipal(), actions::kSendCommand));
    QVERIFY(!access.check({.name = u"engine"_s, .role = Role::Administrator, .source = u"api"_s},
                          actions::kSendCommand));
}

void tst_OperatorAccess::wildcards_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::addRow("whole") << "ssm:SendCommand"
                           << "ssm:SendCommand" << true;
    QTest::addRow("case") << "ssm:sendcommand"
                          << "ssm:SendCommand" << false;
    QTest::addRow("star") << "ssm:*"
                          << "ssm:SendCommand" << true;
    QTest::addRow("star in the middle") << "ssm:*Command"
                                        << "ssm:SendCommand" << true;
    QTest::addRow("two stars") << "*end*mand"
                               << "ssm:SendCommand" << true;
    QTest::addRow("star takes slashes") << "/prod/*"
                                        << "/prod/db/password" << true;
    QTest::addRow("star takes nothing") << "/prod/*"
                                        << "/prod/" << true;
    QTest::addRow("only the start") << "ssm:Send"
                                    << "ssm:SendCommand" << false;
    QTest::addRow("question mark") << "/env/?"
                                   << "/env/1" << true;
    QTest::addRow("question mark is one") << "/env/?"
                                          << "/env/12" << false;
    QTest::addRow("empty") << ""
                           << "x" << false;
    QTest::addRow("nothing in nothing") << "*"
                                        << "" << true;
}

void tst_OperatorAccess::wildcards()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, fits);
    QCOMPARE(matchesWildcard(toStd(pattern), toStd(text)), fits);
}

void tst_OperatorAccess::denyWins()
{
    Operator alice = operatorNamed(u"alice"_s, Role::Administrator);
    alice.statements
        = {{.effect = Effect::Allow, .actions = {u"*"_s}, .scope = {}},
           {.effect = Effect::Deny,
            .actions = {u"ssm:*Session"_s},
            .scope = {.nodeTags = {{u"env"_s, {u"prod"_s}}}, .documents = {}, .parameterPaths = {}}}};
    OperatorAccess access;
    access.setOperators({alice}, {});
    const Principal who = principal(u"alice"_s);
    QVERIFY(!access.check(who, actions::kStartSession, node(u"mi-1"_s, {{u"env"_s, u"prod"_s}})));
    QVERIFY(access.check(who, actions::kStartSession, node(u"mi-1"_s, {{u"env"_s, u"test"_s}})));
    QVERIFY(access.check(who, actions::kSendCommand, node(u"mi-1"_s, {{u"env"_s, u"prod"_s}})));
    QVERIFY(!access.check(who, actions::kTerminateSession)); // it may be one of those
    QCOMPARE(access.explain(who, actions::kStartSession, node(u"mi-1"_s, {{u"env"_s, u"prod"_s}})).why,
             u"a statement of this operator denies it."_s);
}

void tst_OperatorAccess::allowAdds()
{
    Operator alice = operatorNamed(u"alice"_s, Role::Viewer);
    alice.statements = {{.effect = Effect::Allow,
                         .actions = {u"ssm:SendCommand"_s},
                         .scope = {.nodeTags = {}, .documents = {u"Restart-*"_s}, .parameterPaths = {}}}};
    OperatorAccess access;
    access.setOperators({alice}, {});
    const Principal who = principal(u"alice"_s);
    AccessTarget target = node(u"mi-1"_s);
    target.documents = {u"Restart-Web"_s};
    QVERIFY(access.check(who, actions::kSendCommand, target));
    target.documents = {u"AWS-RunShellScript"_s};
    QVERIFY(!access.check(who, actions::kSendCommand, target));
    target.documents = {u"Restart-Web"_s, u"AWS-RunShellScript"_s}; // one that is called by the other
    QVERIFY(!access.check(who, actions::kSendCommand, target));
    QVERIFY(access.check(who, actions::kSendCommand, node(u"mi-1"_s))); // asked again with the document
    QVERIFY(!access.check(who, actions::kSendCommand));
}

void tst_OperatorAccess::scopeNarrows()
{
    Operator alice = operatorNamed(u"alice"_s, Role::Operator);
    alice.scope.nodeTags = {{u"team"_s, {u"web"_s, u"shop-*"_s}}};
    OperatorAccess access;
    access.setOperators({alice}, {});
    const Principal who = principal(u"alice"_s);
    QVERIFY(access.check(who, actions::kSendCommand, node(u"mi-1"_s, {{u"team"_s, u"web"_s}})));
    QVERIFY(access.check(who, actions::kSendCommand, node(u"mi-1"_s, {{u"team"_s, u"shop-eu"_s}})));
    QVERIFY(!access.check(who, actions::kSendCommand, node(u"mi-1"_s, {{u"team"_s, u"db"_s}})));
    QVERIFY(!access.check(who, actions::kSendCommand, node(u"mi-1"_s))); // a node without tags is not hers
    QVERIFY(access.check(who, actions::kListDocuments));
    QVERIFY(!access.check(who, actions::kReadRecording)); // of which node? Nobody said: not hers
    QVERIFY(!access.check(who, actions::kListCommands));
    QCOMPARE(access.explain(who, actions::kSendCommand, node(u"mi-1"_s)).why,
             u"It is outside what the operator's permissions are narrowed to."_s);
}

void tst_OperatorAccess::parameterPaths()
{
    Operator alice = operatorNamed(u"alice"_s, Role::Operator);
    alice.scope.parameterPaths = {u"/prod"_s, u"/shared/*/url"_s};
    OperatorAccess access;
    access.setOperators({alice}, {});
    const auto may = [&](const QStringList &names) {
        return access.check(principal(u"alice"_s), actions::kPutParameter, {.parameters = names}).has_value();
    };
    QVERIFY(may({u"/prod"_s}));
    QVERIFY(may({u"/prod/db/password"_s}));
    QVERIFY(may({u"/shared/web/url"_s}));
    QVERIFY(!may({u"/production/db"_s}));
    QVERIFY(!may({u"/shared/web"_s}));
    QVERIFY(!may({u"/prod/db"_s, u"/test/db"_s}));
    QVERIFY(!may({u"/"_s}));
}

// [T16] the tags that a node has now, and the operator as stored now
void tst_OperatorAccess::tagsAreReadWhenAsked()
{
    Operator alice = operatorNamed(u"alice"_s, Role::Operator);
    alice.scope.nodeTags = {{u"team"_s, {u"web"_s}}};
    OperatorAccess access;
    QMap<QString, QString> tags {{u"team"_s, u"web"_s}};
    access.setNodeTags([&](const QString &id) { return id == u"mi-1" ? std::optional(tags) : std::nullopt; });
    access.setOperators({alice}, {});
    const Principal who = principal(u"alice"_s, Role::Operator);
    QVERIFY(access.check(who, actions::kTerminateSession, node(u"mi-1"_s)));
    QVERIFY(!access.check(who, actions::kTerminateSession, node(u"mi-2"_s)));
    const AccessTarget both {.nodeIds = {u"mi-1"_s, u"mi-2"_s}}; // one of them is not hers
    QVERIFY(!access.check(who, actions::kCancelCommand, both));
    tags[u"team"_s] = u"db"_s;
    QVERIFY(!access.check(who, actions::kTerminateSession, node(u"mi-1"_s)));
    tags[u"team"_s] = u"web"_s;
    alice.role = Role::Viewer;
    access.setOperators({alice}, {});
    QVERIFY(!access.check(who, actions::kTerminateSession, node(u"mi-1"_s)));
}

void tst_OperatorAccess::groupsCount()
{
    Operator alice = operatorNamed(u"alice"_s, Role::Viewer);
    alice.groups = {u"ops"_s};
    const OperatorGroup ops {.name = u"ops"_s,
                             .description = {},
                             .statements
                             = {{.effect = Effect::Allow, .actions = {u"ssm:SendCommand"_s}, .scope = {}}}};
    OperatorAccess access;
    access.setOperators({alice, operatorNamed(u"bob"_s, Role::Viewer)}, {ops});
    QVERIFY(access.check(principal(u"alice"_s), actions::kSendCommand, node(u"mi-1"_s)));
    QVERIFY(!access.check(principal(u"bob"_s), actions::kSendCommand, node(u"mi-1"_s)));
    QCOMPARE(access.explain(principal(u"alice"_s), actions::kSendCommand, node(u"mi-1"_s)).why,
             u"a statement of group ops allows it."_s);
}

void tst_OperatorAccess::wildcardsAreLinear()
{
    std::string pattern(60, '*');
    pattern.append("a*a*a*a*a*a*a*a*b");
    QVERIFY(!matchesWildcard(pattern, std::string(20'000, 'a'))); // backtracking would never end
}

FB_TEST(tst_OperatorAccess)
#include "tst_operator_access.moc"
