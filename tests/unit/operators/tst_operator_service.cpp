#include "backend/security/operators/operator_service.h"

#include "backend/base/qt_text.h"
#include "backend/security/audit_log.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_OperatorService : public QObject
{
    Q_OBJECT

private slots:
    void migration_data() { addDatabaseRows(); }
    void migration();
    void firstRunStoresOneAdministrator_data() { addDatabaseRows(); }
    void firstRunStoresOneAdministrator();
    void operators_data() { addDatabaseRows(); }
    void operators();
    void refusals();
    void oneAdministratorStays();
    void keys_data() { addDatabaseRows(); }
    void keys();
    void keysOfADisabledOperator();
    void passwords();
    void damagedKeyHarmsNobodyElse();
    void useBringsNoDisabledKeyBack();
    void unreadablePermissionsDeny();
    void lostWriteChangesNothing();
};

namespace {

struct Bench {
    explicit Bench(const QString &kind) : db(kind) { open(); }
    ~Bench() { static_cast<void>(db->flush()); } // what a commit tells, before those who listen go
    void open()
    {
        audit = std::make_unique<AuditLog>(*db, db.clock, SecretBytes(std::string(32, 'a')));
        vault = Vault::open(*db, SecretBytes(std::string(32, 'm')), db.clock, db.random).value();
        service = std::make_unique<OperatorService>(
            OperatorService::Parts {*db, *vault, *audit, access, ring, db.clock, db.random});
        owner = service->start(u"alice"_s, u"control"_s).value();
    }
    void reopen()
    {
        service.reset();
        db.reopen();
        open();
    }
    Operator operatorNamed(const QString &name, Role role = Role::Operator) const
    {
        Operator who;
        who.name = name;
        who.role = role;
        return who;
    }
    QString newestAudit() { return audit->entries(db->reader(), 0, 1)->value(0).action; }

    TestDatabase db;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<Vault> vault;
    OperatorAccess access;
    AccessKeyRing ring;
    std::unique_ptr<OperatorService> service;
    Principal owner;
};

template <typename T>
QString codeOf(const Result<T> &result)
{
    return result ? QString() : toQString(result.error().code.name());
}

}

void tst_OperatorService::migration()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {65});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO operator_account (name, role, created_at) VALUES ('alice', 'Administrator', 1)"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    const auto all = OperatorRepository().all(db->reader());
    QVERIFY(all);
    QCOMPARE(all->size(), 1);
    QVERIFY(all->first().enabled);
    QVERIFY(all->first().scope.isEmpty());
    QVERIFY(!all->first().hasPassword);
}

void tst_OperatorService::firstRunStoresOneAdministrator()
{
    QFETCH(QString, database);
    TestDatabase db(database);
    const OperatorRepository operators;
    for (const QString &osUser : {u"alice"_s, u"bob"_s}) {
        const auto owner = db->write(
            [&](Transaction &tx) { return operators.owner(tx, osUser, db.clock.now(), u"console"_s); });
        QVERIFY(owner);
        QCOMPARE(owner->name, u"alice"_s); // the first one stays
        QVERIFY(owner->role == Role::Administrator);
        QCOMPARE(owner->source, u"console"_s);
        db.reopen();
    }
    QCOMPARE(operators.all(db->reader())->size(), 1);
    QVERIFY(!osUserName().isEmpty());
}

void tst_OperatorService::operators()
{
    QFETCH(QString, database);
    Bench b(database);
    QCOMPARE(b.owner.name, u"alice"_s);
    QVERIFY(b.service->putGroup(b.owner, {.name = u"ops"_s, .description = u"on duty"_s, .statements = {}}));
    QVERIFY(b.db->flush());
    Operator bob = b.operatorNamed(u"bob"_s);
    bob.groups = {u"ops"_s};
    bob.scope.nodeTags = {{u"env"_s, {u"prod"_s}}};
    bob.statements = {{.effect = Effect::Deny, .actions = {u"ssm:StartSession"_s}, .scope = {}}};
    const auto made = b.service->createOperator(b.owner, bob);
    QVERIFY2(made, made ? "" : made.error().message.c_str());
    QVERIFY(b.db->flush());
    QCOMPARE(b.newestAudit(), u"flagbridge:CreateOperator"_s);
    b.reopen();
    const auto all = b.service->listOperators(b.owner);
    QCOMPARE(all->size(), 2);
    QCOMPARE(all->at(1), *made);
    const Principal who {.name = u"bob"_s, .role = Role::Administrator, .source = u"api"_s};
    QVERIFY(b.access.check(who, actions::kSendCommand,
                           {.nodeIds = {u"mi-1"_s}, .nodeTags = {{u"env"_s, u"prod"_s}}}));
    QVERIFY(!b.access.check(who, actions::kStartSession));
    QCOMPARE(codeOf(b.service->createOperator(b.owner, bob)), u"ConflictException"_s);
    Operator changed = *made;
    changed.role = Role::Viewer;
    QVERIFY(b.service->updateOperator(b.owner, changed));
    QVERIFY(b.db->flush());
    QVERIFY(!b.access.check(who, actions::kSendCommand));
    QVERIFY(b.service->deleteGroup(b.owner, u"ops"_s));
    QVERIFY(b.db->flush());
    QVERIFY(b.service->listOperators(b.owner)->at(1).groups.isEmpty());
    QVERIFY(b.service->deleteOperator(b.owner, u"bob"_s));
    QVERIFY(b.db->flush());
    QCOMPARE(b.service->listOperators(b.owner)->size(), 1);
    QVERIFY(!b.access.check(who, actions::kListCommands));
}

void tst_OperatorService::refusals()
{
    Bench b(u"sqlite"_s);
    QVERIFY(b.service->createOperator(b.owner, b.operatorNamed(u"bob"_s, Role::Operator)));
    QVERIFY(b.db->flush());
    const Principal bob {.name = u"bob"_s, .role = Role::Administrator, .source = u"api"_s};
    QCOMPARE(codeOf(b.service->createOperator(bob, b.operatorNamed(u"eve"_s, Role::Administrator))),
             u"AccessDeniedException"_s);
    QVERIFY(b.db->flush());
    QCOMPARE(b.audit->entries(b.db->reader(), 0, 1)->first().result, u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service->listOperators(bob)), u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service->createKey(bob, u"alice"_s, {})), u"AccessDeniedException"_s);
    QCOMPARE(codeOf(b.service->deleteOperator(bob, u"alice"_s)), u"AccessDeniedException"_s);
    for (const QString &name : {u""_s, u"a b"_s, u"../x"_s, QString(65, u'x'), u"engine"_s})
        QCOMPARE(codeOf(b.service->createOperator(b.owner, b.operatorNamed(name))), u"ValidationException"_s);
    Operator wrong = b.operatorNamed(u"carol"_s);
    wrong.groups = {u"none"_s};
    QCOMPARE(codeOf(b.service->createOperator(b.owner, wrong)), u"ResourceNotFoundException"_s);
    QCOMPARE(codeOf(b.service->updateOperator(b.owner, b.operatorNamed(u"nobody"_s))),
             u"ResourceNotFoundException"_s);
}

void tst_OperatorService::oneAdministratorStays()
{
    Bench b(u"sqlite"_s);
    Operator alice = b.service->listOperators(b.owner)->first();
    alice.role = Role::Operator;
    QCOMPARE(codeOf(b.service->updateOperator(b.owner, alice)), u"ConflictException"_s);
    alice.role = Role::Administrator;
    alice.enabled = false;
    QCOMPARE(codeOf(b.service->updateOperator(b.owner, alice)), u"ConflictException"_s);
    QCOMPARE(codeOf(b.service->deleteOperator(b.owner, u"alice"_s)), u"ConflictException"_s);
    QVERIFY(b.service->createOperator(b.owner, b.operatorNamed(u"bob"_s, Role::Administrator)));
    QVERIFY(b.db->flush());
    QCOMPARE(codeOf(b.service->updateOperator(b.owner, alice)),
             u"ConflictException"_s); // nor with another one there
    alice.enabled = true;
    alice.statements = {{.effect = Effect::Deny, .actions = {u"*"_s}, .scope = {}}};
    QCOMPARE(codeOf(b.service->updateOperator(b.owner, alice)), u"ConflictException"_s);
    QVERIFY(b.service->deleteOperator(b.owner, u"bob"_s));
    QVERIFY(b.db->flush());
    // A store that was edited, or whose Administrator is gone: the engine's own user is one again.
    QVERIFY(b.db->write([](Transaction &tx) {
        return tx.execute(u"UPDATE operator_account SET enabled = 0, role = 'Viewer'"_s);
    }));
    QVERIFY(b.db->flush());
    b.reopen();
    QVERIFY(b.access.check(b.owner, actions::kCreateOperator));
}

void tst_OperatorService::keys()
{
    QFETCH(QString, database);
    Bench b(database);
    const auto made = b.service->createKey(b.owner, u"alice"_s, b.db.clock.now() + 1h);
    QVERIFY(made);
    QCOMPARE(made->key.accessKeyId.size(), qsizetype(kAccessKeyIdBytes));
    QCOMPARE(made->secret.size(), kSecretAccessKeyBytes);
    QVERIFY(!b.ring.find(toStd(made->key.accessKeyId))); // not before the commit
    QVERIFY(b.db->flush());
    const auto found = b.ring.find(toStd(made->key.accessKeyId));
    QVERIFY(found && found->secret.equals(made->secret));
    QVERIFY(found->role == Role::Administrator);
    const auto entry = b.audit->entries(b.db->reader(), 0, 1)->first();
    QCOMPARE(entry.action, u"flagbridge:CreateAccessKey"_s);
    QVERIFY(!QString::fromUtf8(QJsonDocument(entry.diff).toJson()).contains(toQString(made->secret.view())));
    b.ring.used(made->key.accessKeyId, b.db.clock.now(), u"10.0.0.7"_s);
    QVERIFY(b.service->storeUses());
    QVERIFY(b.service->setKeyEnabled(b.owner, made->key.accessKeyId, false));
    QVERIFY(b.db->flush());
    QVERIFY(!b.ring.find(toStd(made->key.accessKeyId))->key.enabled);
    b.reopen();
    const auto listed = b.service->listKeys(b.owner, u"alice"_s);
    QCOMPARE(listed->size(), 1);
    QCOMPARE(listed->first().lastUsedFrom, u"10.0.0.7"_s);
    QVERIFY(!listed->first().enabled);
    QVERIFY(b.ring.find(toStd(made->key.accessKeyId))->secret.equals(made->secret));
    QVERIFY(b.service->deleteKey(b.owner, made->key.accessKeyId));
    QVERIFY(b.db->flush());
    QVERIFY(!b.ring.find(toStd(made->key.accessKeyId)));
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM vault_item WHERE purpose = 'access-key'"_s), 0);
    QCOMPARE(codeOf(b.service->createKey(b.owner, u"alice"_s, b.db.clock.now())), u"ValidationException"_s);
    for (int i = 0; i < kMostAccessKeys; ++i) {
        QVERIFY(b.service->createKey(b.owner, u"alice"_s, {}));
        QVERIFY(b.db->flush());
    }
    QCOMPARE(codeOf(b.service->createKey(b.owner, u"alice"_s, {})), u"ValidationException"_s);
    QCOMPARE(codeOf(b.service->createKey(b.owner, u"nobody"_s, {})), u"ResourceNotFoundException"_s);
}

void tst_OperatorService::keysOfADisabledOperator()
{
    Bench b(u"sqlite"_s);
    Operator bob = *b.service->createOperator(b.owner, b.operatorNamed(u"bob"_s));
    const auto made = b.service->createKey(b.owner, u"bob"_s, {});
    QVERIFY(made && b.db->flush());
    QVERIFY(b.ring.find(toStd(made->key.accessKeyId))->key.enabled);
    bob.enabled = false;
    QVERIFY(b.service->updateOperator(b.owner, bob));
    QVERIFY(b.db->flush());
    QVERIFY(!b.ring.find(toStd(made->key.accessKeyId))->key.enabled);
    QVERIFY(b.service->deleteOperator(b.owner, u"bob"_s));
    QVERIFY(b.db->flush());
    QVERIFY(!b.ring.find(toStd(made->key.accessKeyId)));
}

void tst_OperatorService::passwords()
{
    Bench b(u"sqlite"_s);
    std::optional<Result<void>> done;
    const auto set = [&](const Principal &who, const QString &name, const std::string &password) {
        done.reset();
        b.service->setPassword(who, name, SecretBytes(password),
                               [&](const Result<void> &outcome) { done = outcome; });
        return QTest::qWaitFor([&] { return done.has_value(); }, 20'000);
    };
    QVERIFY(set(b.owner, u"alice"_s, "short"));
    QCOMPARE(codeOf(*done), u"ValidationException"_s);
    QVERIFY(set(b.owner, u"alice"_s, "correct horse battery"));
    QVERIFY(*done);
    QVERIFY(b.db->flush());
    QVERIFY(b.service->listOperators(b.owner)->first().hasPassword);
    const QString hash = *OperatorRepository().passwordHash(b.db->reader(), u"alice"_s);
    QVERIFY2(hash.startsWith(u"$argon2id$"), qPrintable(hash));
    QVERIFY(!hash.contains(u"horse"));
    QVERIFY(set({.name = u"mallory"_s, .role = Role::Administrator, .source = u"api"_s}, u"alice"_s,
                "another password"));
    QCOMPARE(codeOf(*done), u"AccessDeniedException"_s);
}

void tst_OperatorService::damagedKeyHarmsNobodyElse()
{
    Bench b(u"sqlite"_s);
    const auto first = b.service->createKey(b.owner, u"alice"_s, {});
    const auto second = b.service->createKey(b.owner, u"alice"_s, {});
    QVERIFY(first && second && b.db->flush());
    QVERIFY(b.db->write([&](Transaction &tx) {
        return tx.execute(u"UPDATE vault_item SET envelope = ? WHERE name = ?"_s,
                          {QByteArray("broken"), first->key.accessKeyId});
    }));
    QVERIFY(b.db->flush());
    b.ring.remove(first->key.accessKeyId); // of the process before
    b.ring.remove(second->key.accessKeyId);
    b.reopen();
    QVERIFY(!b.ring.find(toStd(first->key.accessKeyId)));
    QVERIFY(b.ring.find(toStd(second->key.accessKeyId)));
}

// Another engine on this store disabled or removed it, while this one still saw it used
void tst_OperatorService::useBringsNoDisabledKeyBack()
{
    Bench b(u"sqlite"_s);
    const auto disabled = b.service->createKey(b.owner, u"alice"_s, {});
    const auto removed = b.service->createKey(b.owner, u"alice"_s, {});
    QVERIFY(disabled && removed && b.db->flush());
    QVERIFY(b.db->write([&](Transaction &tx) -> Result<void> {
        if (auto changed = tx.execute(u"UPDATE access_key SET enabled = 0 WHERE access_key_id = ?"_s,
                                      {disabled->key.accessKeyId});
            !changed)
            return changed.error();
        return tx.execute(u"DELETE FROM access_key WHERE access_key_id = ?"_s, {removed->key.accessKeyId})
            .map([](qint64) {});
    }));
    b.ring.used(disabled->key.accessKeyId, b.db.clock.now(), u"10.0.0.7"_s);
    b.ring.used(removed->key.accessKeyId, b.db.clock.now(), u"10.0.0.7"_s);
    QVERIFY(b.service->storeUses());
    QVERIFY(b.db->flush());
    QVERIFY(b.service->reload());
    QVERIFY(!b.ring.find(toStd(disabled->key.accessKeyId))->key.enabled);
    QVERIFY(!b.ring.find(toStd(removed->key.accessKeyId)));
    QCOMPARE(b.service->listKeys(b.owner, u"alice"_s)->size(), 1);
}

void tst_OperatorService::unreadablePermissionsDeny()
{
    Bench b(u"sqlite"_s);
    QVERIFY(b.service->createOperator(b.owner, b.operatorNamed(u"bob"_s)));
    QVERIFY(b.service->createOperator(b.owner, b.operatorNamed(u"carol"_s)));
    QVERIFY(b.db->flush());
    QVERIFY(b.db->write([&](Transaction &tx) -> Result<void> {
        if (auto changed
            = tx.execute(u"UPDATE operator_account SET scope = '{\"NodeTags\":5}' WHERE name = 'bob'"_s);
            !changed)
            return changed.error();
        return tx
            .execute(
                u"UPDATE operator_account SET statements = '[{\"Effect\":\"Den\"}]' WHERE name = 'carol'"_s)
            .map([](qint64) {});
    }));
    QVERIFY(b.db->flush());
    QVERIFY(b.service->reload());
    for (const QString &name : {u"bob"_s, u"carol"_s})
        QVERIFY(
            !b.access.check({.name = name, .role = Role::Operator, .source = {}}, actions::kListCommands));
}

void tst_OperatorService::lostWriteChangesNothing()
{
    Bench b(u"sqlite"_s);
    const auto lost = b.db->write([&](Transaction &) -> Result<void> {
        if (!b.service->createOperator(b.owner, b.operatorNamed(u"bob"_s)))
            return {};
        return makeError(errors::kValidation, "not this time");
    });
    QVERIFY(!lost);
    QVERIFY(b.db->flush());
    QCOMPARE(b.service->listOperators(b.owner)->size(), 1);
    QVERIFY(
        !b.access.check({.name = u"bob"_s, .role = Role::Operator, .source = {}}, actions::kListCommands));
}

FB_TEST(tst_OperatorService)
#include "tst_operator_service.moc"
