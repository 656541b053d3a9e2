// SecureStrings: sealing, opening, keys and their rotation.

#include "backend/core/aead.h"
#include "backend/security/access.h"
#include "tests/support/owner_access.h"
#include "tests/support/test_main.h"
#include "tests/unit/parameters/parameter_bench.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ParameterKeys : public QObject
{
    Q_OBJECT

private slots:
    void blobs();
    void hostileBlobs();
    void noncesDiffer();
    void sealedAtRest_data() { addDatabaseRows(); }
    void sealedAtRest();
    void movedCiphertext_data() { addDatabaseRows(); }
    void movedCiphertext();
    void altered();
    void locked();
    void missingKey();
    void wrongMasterKey();
    void viewers();
    void reads();
    void keptForAMinute();
    void ownKeys();
    void deletion();
    void rotates_data() { addDatabaseRows(); }
    void rotates();
    void rotationGoesOn_data() { addDatabaseRows(); }
    void rotationGoesOn();
    void rotationPassesWhatIsBroken();
};

namespace {

const SealedPlace kPlace {.accountId = u"000000000000"_s, .arn = u"arn:a"_s, .version = 3};
const WrappingKey kKey {.name = u"alias/k"_s, .generation = 2};
const std::string kKek(32, 'k');

Result<PutParameterResult> secret(ParameterBench &b, const QString &name, const QString &value,
                                  const std::optional<QString> &key = {})
{
    return b.put({.name = name, .value = value, .type = ParameterKind::SecureString, .keyId = key});
}

// Until the rotation is through; how many steps.
int finishRotation(ParameterBench &b)
{
    int steps = 0;
    while (b.service().keys().work().value_or(false)) {
        static_cast<void>(b.db->flush());
        ++steps;
    }
    static_cast<void>(b.db->flush());
    return steps;
}

}

void tst_ParameterKeys::blobs()
{
    SeededRandom random {1};
    const QByteArray blob = sealParameter(kPlace, kKey, kKek, "plain", random);
    QVERIFY(blob.startsWith("FB1"));
    QVERIFY(!blob.contains("plain"));
    QCOMPARE(wrappingKeyOf(blob)->name, kKey.name);
    QCOMPARE(wrappingKeyOf(blob)->generation, kKey.generation);
    QCOMPARE(openParameter(kPlace, kKek, blob)->view(), std::string_view("plain"));
    QVERIFY(!openParameter(kPlace, std::string(32, 'x'), blob));
    // account, ARN and version are bound into it [S04]
    for (const SealedPlace &other :
         {SealedPlace {u"111111111111"_s, kPlace.arn, 3}, SealedPlace {kPlace.accountId, u"arn:b"_s, 3},
          SealedPlace {kPlace.accountId, kPlace.arn, 2}})
        QVERIFY(!openParameter(other, kKek, blob));
    const std::string newKek(32, 'n');
    const auto again = rewrapParameter(kPlace, kKek, {kKey.name, 3}, newKek, blob, random);
    QVERIFY(again);
    QCOMPARE(wrappingKeyOf(*again)->generation, 3);
    QCOMPARE(openParameter(kPlace, newKek, *again)->view(), std::string_view("plain"));
    QVERIFY(!openParameter(kPlace, kKek, *again));
    QVERIFY(again->endsWith(blob.last(12 + 5 + 16))); // the ciphertext stays
    QVERIFY(!rewrapParameter(kPlace, newKek, kKey, newKek, blob, random));
}

// Every byte altered, and every length: refused, never read past the end.
void tst_ParameterKeys::hostileBlobs()
{
    SeededRandom random {2};
    const QByteArray blob = sealParameter(kPlace, kKey, kKek, "plain", random);
    for (qsizetype i = 0; i < blob.size(); ++i) {
        QByteArray bad = blob;
        bad[i] = static_cast<char>(bad[i] ^ 0x01);
        QVERIFY2(!openParameter(kPlace, kKek, bad), qPrintable(QString::number(i)));
        QVERIFY(!openParameter(kPlace, kKek, blob.first(i)));
    }
    QVERIFY(!openParameter(kPlace, kKek, blob + 'x'));
    QVERIFY(!wrappingKeyOf(QByteArray("FB1\xff\xff", 5) + QByteArray(100, 'x')));
}

// [S05]: no nonce and no data key twice
void tst_ParameterKeys::noncesDiffer()
{
    SecureRandom random;
    std::set<QByteArray> seen;
    constexpr int kSeals = 2000;
    for (int i = 0; i < kSeals; ++i) {
        const QByteArray blob = sealParameter(kPlace, kKey, kKek, "plain", random);
        const qsizetype header = 3 + 2 + kKey.name.size() + 8;
        seen.insert(blob.mid(header, 12)); // of the wrap
        seen.insert(blob.mid(header + 12 + 48, 12)); // of the value
    }
    QCOMPARE(seen.size(), size_t(2 * kSeals));
}

// [parameter-store 8.16] [S01]
void tst_ParameterKeys::sealedAtRest()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    const auto put = secret(b, u"/db/password"_s, u"hunter2-5521"_s);
    QVERIFY2(put, put ? "" : put.error().message.c_str());
    QCOMPARE(b.value(u"/db/password"_s), u"hunter2-5521"_s);
    const QString sealed = b.get(u"/db/password"_s, false)->value;
    QVERIFY(sealed != u"hunter2-5521"_s);
    QVERIFY(QByteArray::fromBase64(sealed.toLatin1()).startsWith("FB1"));
    QVERIFY(!QByteArray::fromBase64(sealed.toLatin1()).contains("hunter2"));
    const auto metadata = b.service().describeParameters(b.alice, {});
    QCOMPARE(metadata->parameters[0].keyId, u"alias/aws/ssm"_s);
    // the flag is of no meaning to other types
    QVERIFY(b.put(u"/plain"_s, u"p"_s));
    QCOMPARE(b.get(u"/plain"_s, true)->value, u"p"_s);
    QCOMPARE(b.get(u"/plain"_s, false)->value, u"p"_s);
    b.restart();
    QCOMPARE(b.value(u"/db/password"_s), u"hunter2-5521"_s);
    if (database == u"sqlite"_s) { // neither in the database nor in its journal
        for (const QString &suffix : {u""_s, u"-wal"_s}) {
            QFile file(b.db.sqliteFile() + suffix);
            if (file.open(QIODevice::ReadOnly))
                QVERIFY(!file.readAll().contains("hunter2"));
        }
    }
}

// [parameter-store 8.16] [S04]: copied onto another row, and an older version put back
void tst_ParameterKeys::movedCiphertext()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(secret(b, u"/a"_s, u"one"_s) && secret(b, u"/b"_s, u"two"_s) && b.overwrite(u"/b"_s, u"three"_s));
    const auto copy = [&](const QString &from, qint64 fromVersion, const QString &to, qint64 toVersion) {
        return b.db->write([&](Transaction &tx) -> Result<void> {
            const auto blob
                = tx.one(u"SELECT v.value FROM parameter_version v JOIN parameter p ON p.id = v.parameter_id "
                         "WHERE p.name = ? AND v.version = ?"_s,
                         {from, fromVersion}, [](const Row &row) { return row.bytes(0); });
            return tx
                .execute(u"UPDATE parameter_version SET value = ? WHERE version = ? AND parameter_id = "
                         "(SELECT id FROM parameter WHERE name = ?)"_s,
                         {**blob, toVersion, to})
                .map([](qint64) {});
        });
    };
    QVERIFY(copy(u"/a"_s, 1, u"/b"_s, 2));
    const auto moved = b.get(u"/b"_s);
    QCOMPARE(codeOf(moved), u"InternalServerError"_s);
    QVERIFY(toQString(moved.error().message).contains(u"/b version 2"_s));
    QCOMPARE(b.value(u"/b:1"_s), u"two"_s); // the others stay readable
    QVERIFY(copy(u"/b"_s, 1, u"/b"_s, 2));
    QCOMPARE(b.value(u"/b"_s), u"InternalServerError"_s);
    QVERIFY(b.overwrite(u"/b"_s, u"four"_s)); // and it can be written anew
    QCOMPARE(b.value(u"/b"_s), u"four"_s);
}

void tst_ParameterKeys::altered()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/a"_s, u"one"_s));
    QVERIFY(b.db->write([](Transaction &tx) {
        return tx.execute(u"UPDATE parameter_version SET value = ?"_s, {QByteArray("FB1 and then nonsense")});
    }));
    QCOMPARE(b.value(u"/a"_s), u"InternalServerError"_s);
    QCOMPARE(b.get(u"/a"_s, false)->version, 1);
}

// [parameter-store 8.23] [S02]
void tst_ParameterKeys::locked()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/s"_s, u"one"_s) && b.put(u"/plain"_s, u"p"_s));
    QCOMPARE(b.value(u"/s"_s), u"one"_s); // and is kept for a minute, but not while it is locked
    b.rooms->keySource.locked = true;
    const auto put = secret(b, u"/new"_s, u"two"_s);
    QCOMPARE(codeOf(put), u"InvalidKeyId"_s);
    QVERIFY(toQString(put.error().message).contains(u"unlock the keychain"_s));
    QCOMPARE(codeOf(b.overwrite(u"/s"_s, u"two"_s)), u"InvalidKeyId"_s);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version"_s), 2);
    QCOMPARE(b.value(u"/new"_s), u"ParameterNotFound"_s);
    QCOMPARE(b.value(u"/s"_s), u"InvalidKeyId"_s);
    QCOMPARE(codeOf(b.service().getParameters(b.alice, {.names = {u"/s"_s}, .withDecryption = true})),
             u"InvalidKeyId"_s);
    QCOMPARE(codeOf(b.service().getParametersByPath(b.alice, {.path = u"/"_s, .withDecryption = true})),
             u"InvalidKeyId"_s);
    QCOMPARE(codeOf(b.service().getParameterHistory(b.alice, {.name = u"/s"_s, .withDecryption = true})),
             u"InvalidKeyId"_s);
    QVERIFY(b.get(u"/s"_s, false));
    QCOMPARE(b.value(u"/plain"_s), u"p"_s);
    QVERIFY(b.put(u"/plain2"_s, u"p"_s));
    QCOMPARE(b.described({}).size(), 3);
    b.rooms->keySource.locked = false;
    QVERIFY(secret(b, u"/new"_s, u"two"_s));
    QCOMPARE(b.value(u"/s"_s), u"one"_s);
}

// [S03]: no value is lost while a key is away, and none is made in its place
void tst_ParameterKeys::missingKey()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/s"_s, u"one"_s));
    QVERIFY(b.db->write([](Transaction &tx) {
        return tx.execute(u"UPDATE vault_item SET purpose = 'away' WHERE purpose = 'parameter-key'"_s);
    }));
    b.restart();
    QCOMPARE(b.value(u"/s"_s), u"InvalidKeyId"_s);
    QCOMPARE(codeOf(secret(b, u"/new"_s, u"two"_s)), u"InvalidKeyId"_s);
    QCOMPARE(b.count(u"SELECT count(*) FROM vault_item WHERE purpose = 'parameter-key'"_s), 0);
    QVERIFY(b.db->write([](Transaction &tx) {
        return tx.execute(u"UPDATE vault_item SET purpose = 'parameter-key' WHERE purpose = 'away'"_s);
    }));
    QCOMPARE(b.value(u"/s"_s), u"one"_s);
}

// [S03]: another host's key is told by the header
void tst_ParameterKeys::wrongMasterKey()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/s"_s, u"one"_s));
    const auto other = Vault::open(*b.db, SecretBytes(std::string(32, 'x')), b.db.clock, b.db.random);
    QVERIFY(!other);
    QCOMPARE(other.error().code, errors::kMasterKeyUnavailable);
}

// [parameter-store 8.22]
void tst_ParameterKeys::viewers()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/s"_s, u"one"_s));
    const Principal viewer {u"vera"_s, Role::Viewer, u"console"_s};
    b.rooms->access.deny(actions::kDecrypt);
    const auto read = b.service().getParameter(viewer, {.name = u"/s"_s, .withDecryption = true});
    QCOMPARE(codeOf(read), u"AccessDeniedException"_s);
    QVERIFY(b.db->flush());
    const auto entries = b.rooms->audit.entries(b.db->reader(), 0, 1);
    QCOMPARE(entries->first().who, viewer);
    QCOMPARE(entries->first().action, u"kms:Decrypt"_s);
    QCOMPARE(entries->first().result, u"AccessDeniedException"_s);
    QCOMPARE(entries->first().target, u"arn:aws:ssm:xx-local-1:000000000000:parameter/s"_s);
    QVERIFY(b.service().getParameter(viewer, {.name = u"/s"_s})); // the sealed blob
    // with the rules that stand until operators exist
    const OwnerAccess owner(u"alice"_s);
    QVERIFY(!owner.check(viewer, actions::kDecrypt, {.parameters = {u"/s"_s}}));
    QVERIFY(owner.check(b.alice, actions::kDecrypt, {.parameters = {u"/s"_s}}));
}

// Each reading of a secret stands in the audit log, with its version; of what was not decrypted there is none.
void tst_ParameterKeys::reads()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/a/s"_s, u"one"_s) && b.put(u"/a/p"_s, u"p"_s));
    const auto audited = [&] {
        static_cast<void>(b.db->flush());
        return b.count(u"SELECT count(*) FROM audit_entry WHERE action LIKE 'ssm:Get%'"_s);
    };
    QVERIFY(b.get(u"/a/s"_s, false) && b.get(u"/a/p"_s));
    QCOMPARE(audited(), 0);
    QVERIFY(b.get(u"/a/s"_s));
    QVERIFY(b.get(u"/a/s"_s)); // from memory
    QCOMPARE(audited(), 2);
    QVERIFY(b.service().getParameters(b.alice, {.names = {u"/a/s"_s, u"/a/p"_s}, .withDecryption = true}));
    QVERIFY(b.service().getParametersByPath(b.alice, {.path = u"/a"_s, .withDecryption = true}));
    QVERIFY(b.service().getParameterHistory(b.alice, {.name = u"/a/s"_s, .withDecryption = true}));
    QCOMPARE(audited(), 5);
    const auto entries = b.rooms->audit.entries(b.db->reader(), 0, 1);
    QCOMPARE(entries->first().diff[u"version"_s].toInteger(), 1);
}

void tst_ParameterKeys::keptForAMinute()
{
    ManualClock clock;
    DecryptedParameters values(clock);
    values.keep(1, 1, SecretBytes(std::string_view("one")));
    values.keep(2, 1, SecretBytes(std::string_view("two")));
    QCOMPARE(values.find(1, 1)->view(), std::string_view("one"));
    QVERIFY(!values.find(1, 2));
    values.drop(1);
    QVERIFY(!values.find(1, 1));
    clock.jumpWallClock(-1h); // the wall clock does not lengthen it
    clock.advance(59s);
    QVERIFY(values.find(2, 1));
    clock.advance(1s);
    QVERIFY(!values.find(2, 1));
    for (qint64 i = 0; i < 2000; ++i)
        values.keep(i, 1, SecretBytes(std::string_view("x")));
    QVERIFY(values.find(1999, 1));
    QVERIFY(!values.find(0, 1)); // bounded
}

void tst_ParameterKeys::ownKeys()
{
    ParameterBench b(u"sqlite"_s);
    ParameterKeys &keys = b.service().keys();
    for (const QString &wrong :
         {u"team"_s, u"alias/"_s, u"alias/aws/mine"_s, u"alias/a b"_s, u'a' + QString(300, u'x')})
        QCOMPARE(codeOf(keys.createKey(b.alice, wrong)), u"ValidationException"_s);
    QCOMPARE(keys.createKey(b.alice, u"alias/team"_s)->createdBy, u"alice"_s);
    QCOMPARE(codeOf(keys.createKey(b.alice, u"alias/team"_s)), u"ConflictException"_s);
    QVERIFY(secret(b, u"/s"_s, u"one"_s, u"alias/team"_s));
    QVERIFY(secret(b, u"/t"_s, u"two"_s, u"arn:aws:kms:xx-local-1:000000000000:alias/team"_s));
    QVERIFY(b.overwrite(u"/s"_s, u"three"_s)); // the key is kept
    QCOMPARE(b.history(u"/s"_s)[1].keyId, u"alias/team"_s);
    QCOMPARE(b.value(u"/s"_s), u"three"_s);
    // disabled, it neither seals nor opens
    QVERIFY(keys.setEnabled(b.alice, u"alias/team"_s, false));
    QCOMPARE(codeOf(b.overwrite(u"/s"_s, u"four"_s)), u"InvalidKeyId"_s);
    QCOMPARE(b.value(u"/s"_s), u"InvalidKeyId"_s);
    QCOMPARE(codeOf(secret(b, u"/u"_s, u"five"_s, u"alias/team"_s)), u"InvalidKeyId"_s);
    QCOMPARE(codeOf(keys.rotateKey(b.alice, u"alias/team"_s)), u"InvalidKeyId"_s);
    QVERIFY(keys.setEnabled(b.alice, u"alias/team"_s, true));
    QCOMPARE(b.value(u"/s"_s), u"three"_s);
    QCOMPARE(codeOf(keys.setEnabled(b.alice, u"alias/aws/ssm"_s, false)), u"ValidationException"_s);
    QCOMPARE(codeOf(keys.setEnabled(b.alice, u"alias/nope"_s, false)), u"InvalidKeyId"_s);
    // permission is asked by key
    b.rooms->access.denyOn(u"alias/team"_s);
    QCOMPARE(b.value(u"/s"_s), u"AccessDeniedException"_s);
    QVERIFY(secret(b, u"/w"_s, u"six"_s));
    QCOMPARE(b.value(u"/w"_s), u"six"_s);
}

void tst_ParameterKeys::deletion()
{
    ParameterBench b(u"sqlite"_s);
    ParameterKeys &keys = b.service().keys();
    QVERIFY(keys.createKey(b.alice, u"alias/team"_s));
    QVERIFY(secret(b, u"/s"_s, u"one"_s, u"alias/team"_s));
    QCOMPARE(codeOf(keys.scheduleDeletion(b.alice, u"alias/team"_s, 6)), u"ValidationException"_s);
    QCOMPARE(codeOf(keys.scheduleDeletion(b.alice, u"alias/team"_s, 31)), u"ValidationException"_s);
    QCOMPARE(codeOf(keys.scheduleDeletion(b.alice, u"alias/aws/ssm"_s, 7)), u"ValidationException"_s);
    QVERIFY(keys.scheduleDeletion(b.alice, u"alias/team"_s, 7));
    QCOMPARE(b.value(u"/s"_s), u"InvalidKeyId"_s); // who still needs it hears of it in time
    QVERIFY(keys.cancelDeletion(b.alice, u"alias/team"_s));
    QVERIFY(keys.setEnabled(b.alice, u"alias/team"_s, true));
    QCOMPARE(b.value(u"/s"_s), u"one"_s);
    QVERIFY(keys.scheduleDeletion(b.alice, u"alias/team"_s, 7));
    b.db.clock.advance(std::chrono::hours(24 * 7) - 1s);
    QVERIFY(!*keys.work());
    b.db.clock.advance(1s);
    QVERIFY(*keys.work());
    QVERIFY(b.db->flush());
    QCOMPARE((*keys.keys(b.alice))[1].state, ParameterKeyState::Deleted);
    QCOMPARE(b.count(u"SELECT count(*) FROM vault_item WHERE name LIKE 'alias/team%'"_s), 0);
    QCOMPARE(b.value(u"/s"_s), u"InvalidKeyId"_s);
    QCOMPARE(codeOf(keys.cancelDeletion(b.alice, u"alias/team"_s)), u"InvalidKeyId"_s);
    QVERIFY(b.service().deleteParameter(b.alice, u"/s"_s));
}

// [parameter-store 8.17]: read all the while
void tst_ParameterKeys::rotates()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    constexpr int kSecrets = 1000;
    for (int i = 0; i < kSecrets; ++i)
        QVERIFY(b.service().putParameter(
            b.alice,
            {.name = u"/s/%1"_s.arg(i), .value = u"value-%1"_s.arg(i), .type = ParameterKind::SecureString}));
    QVERIFY(b.db->flush());
    const auto events = b.eventsOf(u"Parameter Store Change"_s).size();
    ParameterKeys &keys = b.service().keys();
    const auto rotated = keys.rotateKey(b.alice, kDefaultParameterKey);
    QCOMPARE(rotated->generation, 2);
    QCOMPARE(rotated->rotation->total, kSecrets);
    QCOMPARE(codeOf(keys.rotateKey(b.alice, kDefaultParameterKey)), u"ConflictException"_s);
    int number = 0;
    const auto readSome = [&] {
        for (int i = 0; i < 20; ++i) {
            number = (number + 37) % kSecrets;
            b.db.clock.advance(61s); // not from memory
            if (b.value(u"/s/%1"_s.arg(number)) != u"value-%1"_s.arg(number))
                return false;
        }
        return true;
    };
    QVERIFY(readSome());
    QVERIFY(secret(b, u"/s/new"_s, u"new"_s)); // by the new generation
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version WHERE key_generation = 2"_s), 1);
    int steps = 0;
    for (qint64 done = ParameterKeys::kRewrappedAtOnce; keys.work().value_or(false); ++steps) {
        QVERIFY(b.db->flush());
        if (steps < 2) { // 500 in a transaction
            QCOMPARE(keys.keys(b.alice)->first().rotation->done, done);
            done += ParameterKeys::kRewrappedAtOnce;
        }
        QVERIFY(readSome());
    }
    QVERIFY(steps >= 2);
    QVERIFY(b.db->flush());
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version WHERE key_generation = 1"_s), 0);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_key_generation"_s), 1); // the old one is gone
    QCOMPARE(b.count(u"SELECT count(*) FROM vault_item WHERE purpose = 'parameter-key'"_s), 1);
    QVERIFY(!keys.keys(b.alice)->first().rotation);
    QCOMPARE(b.get(u"/s/7"_s)->version, 1);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), events + 1); // the new one's
    QCOMPARE(b.count(u"SELECT count(*) FROM audit_entry WHERE action = 'flagbridge:ManageParameterKeys'"_s),
             1);
}

// The engine goes in the middle of it, once between two steps and once with one that is not committed.
void tst_ParameterKeys::rotationGoesOn()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    constexpr int kSecrets = 520;
    for (int i = 0; i < kSecrets; ++i)
        QVERIFY(b.service().putParameter(
            b.alice,
            {.name = u"/s/%1"_s.arg(i), .value = u"v%1"_s.arg(i), .type = ParameterKind::SecureString}));
    QVERIFY(b.service().keys().rotateKey(b.alice, kDefaultParameterKey));
    QVERIFY(b.db->flush());
    QVERIFY(*b.service().keys().work());
    b.restart();
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version WHERE key_generation = 2"_s), 500);
    QCOMPARE(b.value(u"/s/0"_s), u"v0"_s);
    QCOMPARE(b.value(u"/s/519"_s), u"v519"_s);
    // a step whose batch is lost
    QVERIFY(*b.service().keys().work());
    QVERIFY(!b.db->write([](Transaction &tx) {
        static_cast<void>(tx.execute(u"SAVEPOINT here"_s));
        return tx.execute(u"SELECT nonsense FROM nowhere"_s);
    }));
    finishRotation(b);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version WHERE key_generation = 1"_s), 0);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_key_generation"_s), 1);
    for (const int i : {0, 499, 500, 519})
        QCOMPARE(b.value(u"/s/%1"_s.arg(i)), u"v%1"_s.arg(i));
}

// What was altered keeps its key: it may be restored from a backup yet.
void tst_ParameterKeys::rotationPassesWhatIsBroken()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(secret(b, u"/a"_s, u"one"_s) && secret(b, u"/b"_s, u"two"_s) && secret(b, u"/c"_s, u"three"_s));
    QVERIFY(b.db->write([](Transaction &tx) {
        return tx.execute(u"UPDATE parameter_version SET value = ? WHERE parameter_id = "
                          "(SELECT id FROM parameter WHERE name = '/b')"_s,
                          {QByteArray("FB1 broken")});
    }));
    QVERIFY(b.service().keys().rotateKey(b.alice, kDefaultParameterKey));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"/b version 1 cannot be opened"_s));
    QVERIFY(finishRotation(b) < 10);
    QVERIFY(!b.service().keys().keys(b.alice)->first().rotation);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_version WHERE key_generation = 1"_s), 1);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_key_generation"_s), 2);
    QCOMPARE(b.value(u"/a"_s), u"one"_s);
    QCOMPARE(b.value(u"/b"_s), u"InternalServerError"_s);
    // repaired, the next rotation takes it along
    QVERIFY(b.overwrite(u"/b"_s, u"four"_s));
    QVERIFY(b.service().deleteParameter(b.alice, u"/b"_s));
    QVERIFY(b.service().keys().rotateKey(b.alice, kDefaultParameterKey));
    finishRotation(b);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_key_generation"_s), 1);
    QCOMPARE(b.value(u"/c"_s), u"three"_s);
}

FB_TEST(tst_ParameterKeys)
#include "tst_parameter_keys.moc"
