#include "backend/security/master_key.h"

#include "tests/support/fake_keychain.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_MasterKey : public QObject
{
    Q_OBJECT

private slots:
    void credentialComesFirst();
    void sealedFileIsMadeOnce();
    void wrongPassphraseAndDamage();
    void neverANewKeyForAStoreThatHasOne();
    void withoutASourceNamesTheThree();
    void oddSources();
    void environment();
    void keychainKeepsOneKey();
    void restoredKeyIsGivenBack();
    void keychainTrouble_data();
    void keychainTrouble();

private:
    QString file(const QString &name, const QByteArray &bytes);

    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
};

namespace {
using test::FakeKeychain;

Result<std::string> keyFrom(FakeKeychain &keychain, bool storeHasKey)
{
    test::SeededRandom random(5);
    std::optional<Result<std::string>> answer;
    FleetIdentity fleet;
    fleet.fleetId = FleetId("f");
    keychainMasterKey(keychain, fleet, storeHasKey, random, [&](const Result<SecretBytes> &key) {
        answer = key ? Result<std::string>(std::string(key->view())) : Result<std::string>(key.error());
    });
    return answer.value_or(Result<std::string>(makeError(errors::kInternal, "no answer")));
}
}

QString tst_MasterKey::file(const QString &name, const QByteArray &bytes)
{
    QFile made(m_folder->filePath(name));
    if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(made.fileName()));
    made.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return made.fileName();
}

void tst_MasterKey::credentialComesFirst()
{
    test::SeededRandom random;
    file(u"flagbridge.master"_s, QByteArray(32, 'c'));
    const MasterKeySources sources {.dataDir = m_folder->path(),
                                    .credentialsDirectory = m_folder->path(),
                                    .passphraseFile = file(u"pass"_s, "words")};
    const auto key = headlessMasterKey(sources, false, random);
    QVERIFY(key);
    QCOMPARE(key->view(), std::string_view(std::string(32, 'c')));
    QVERIFY(!QFile::exists(m_folder->filePath(u"master.sealed"_s)));
}

void tst_MasterKey::sealedFileIsMadeOnce()
{
    test::SeededRandom random;
    const MasterKeySources sources {.dataDir = m_folder->path(),
                                    .credentialsDirectory = {},
                                    .passphraseFile = file(u"pass"_s, "correct horse\n")};
    const mode_t before = umask(0);
    const auto made = headlessMasterKey(sources, false, random);
    umask(before);
    QVERIFY2(made, made ? "" : made.error().message.c_str());
    QCOMPARE(made->size(), size_t(32));
    QFile sealed(m_folder->filePath(u"master.sealed"_s));
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    QCOMPARE(sealed.permissions()
                 & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    const QByteArray bytes = sealed.readAll();
    // [S01] not in clear in its file
    QVERIFY(!bytes.contains(QByteArray(made->view().data(), 32)));
    QVERIFY(!bytes.contains("correct horse"));
    file(u"pass"_s, "correct horse"); // with or without the newline an editor adds
    const auto again = headlessMasterKey(sources, true, random);
    QVERIFY(again);
    QVERIFY(again->equals(*made));
    // made, but the store was not begun with it yet: the same key
    QVERIFY(headlessMasterKey(sources, false, random)->equals(*made));
}

void tst_MasterKey::wrongPassphraseAndDamage()
{
    test::SeededRandom random;
    const MasterKeySources sources {
        .dataDir = m_folder->path(), .credentialsDirectory = {}, .passphraseFile = file(u"pass"_s, "right")};
    QVERIFY(headlessMasterKey(sources, false, random));
    file(u"pass"_s, "wrong");
    const auto refused = headlessMasterKey(sources, true, random);
    QVERIFY(refused.error().code == errors::kMasterKeyUnavailable);
    QVERIFY(refused.error().message.find("passphrase") != std::string::npos);
    QVERIFY(!headlessMasterKey(sources, false, random)); // and no new key over the old one
    file(u"pass"_s, "right");
    QFile sealed(m_folder->filePath(u"master.sealed"_s));
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    const QByteArray whole = sealed.readAll();
    sealed.close();
    QByteArray hungry = whole; // asks for 4 TiB of memory
    hungry.replace(8, 4, QByteArray(4, '\xff'));
    QByteArray altered = whole;
    altered[altered.size() - 1] = static_cast<char>(altered[altered.size() - 1] ^ 1);
    for (const QByteArray &damaged : {QByteArray(), whole.left(whole.size() - 1), whole + 'x', altered,
                                      hungry, QByteArray(whole.size(), 'x')}) {
        file(u"master.sealed"_s, damaged);
        const auto opened = headlessMasterKey(sources, true, random);
        QVERIFY(!opened);
        QVERIFY(opened.error().code == errors::kMasterKeyUnavailable);
    }
    file(u"master.sealed"_s, whole);
    QVERIFY(headlessMasterKey(sources, true, random));
}

// [S02] a missing source is never a reason for a new key
void tst_MasterKey::neverANewKeyForAStoreThatHasOne()
{
    test::SeededRandom random;
    const MasterKeySources sources {
        .dataDir = m_folder->path(), .credentialsDirectory = {}, .passphraseFile = file(u"pass"_s, "words")};
    const auto key = headlessMasterKey(sources, true, random);
    QVERIFY(!key);
    QVERIFY(key.error().code == errors::kMasterKeyUnavailable);
    QVERIFY(key.error().message.find("master.sealed is missing") != std::string::npos);
    QVERIFY(!QFile::exists(m_folder->filePath(u"master.sealed"_s)));
}

void tst_MasterKey::withoutASourceNamesTheThree()
{
    test::SeededRandom random;
    const auto key = headlessMasterKey(
        {.dataDir = m_folder->path(), .credentialsDirectory = {}, .passphraseFile = {}}, false, random);
    QVERIFY(!key);
    for (const char *source : {"flagbridge.master", "--passphrase-file", "FLAGBRIDGE_PASSPHRASE_FILE"})
        QVERIFY2(key.error().message.find(source) != std::string::npos, source);
    QVERIFY(errorKind(key.error().code) == ErrorKind::State);
    QCOMPARE(kExitNoMasterKey, 78);
}

void tst_MasterKey::oddSources()
{
    test::SeededRandom random;
    const auto withPassphrase = [&](const QByteArray &bytes) {
        return headlessMasterKey({.dataDir = m_folder->path(),
                                  .credentialsDirectory = {},
                                  .passphraseFile = file(u"pass"_s, bytes)},
                                 false, random);
    };
    QVERIFY(!withPassphrase("\n"));
    QVERIFY(!withPassphrase(""));
    QVERIFY(!withPassphrase(QByteArray(5000, 'x')));
    QVERIFY(!headlessMasterKey({.dataDir = m_folder->path(),
                                .credentialsDirectory = {},
                                .passphraseFile = m_folder->filePath(u"none"_s)},
                               false, random));
    for (const int size : {0, 31, 33, 64}) {
        file(u"flagbridge.master"_s, QByteArray(size, 'c'));
        const auto key = headlessMasterKey(
            {.dataDir = m_folder->path(), .credentialsDirectory = m_folder->path(), .passphraseFile = {}},
            false, random);
        QVERIFY2(!key, qPrintable(QString::number(size)));
    }
}

void tst_MasterKey::environment()
{
    qputenv("FLAGBRIDGE_PASSPHRASE_FILE", "/from/the/variable");
    qputenv("CREDENTIALS_DIRECTORY", "/run/credentials");
    QCOMPARE(MasterKeySources::ofEnvironment(u"/data"_s, {}).passphraseFile, u"/from/the/variable"_s);
    QCOMPARE(MasterKeySources::ofEnvironment(u"/data"_s, u"/option"_s).passphraseFile, u"/option"_s);
    QCOMPARE(MasterKeySources::ofEnvironment(u"/data"_s, {}).credentialsDirectory, u"/run/credentials"_s);
    qunsetenv("FLAGBRIDGE_PASSPHRASE_FILE");
    qunsetenv("CREDENTIALS_DIRECTORY");
    QVERIFY(!MasterKeySources::ofEnvironment(u"/data"_s, {}).any());
}

void tst_MasterKey::keychainKeepsOneKey()
{
    FakeKeychain keychain;
    const auto made = keyFrom(keychain, false);
    QVERIFY(made);
    QCOMPARE(made->size(), size_t(32));
    QCOMPARE(keychain.entries.keys(), QStringList {u"master-key-f"_s});
    QCOMPARE(*keyFrom(keychain, true), *made);
    QCOMPARE(keychain.writes, 1);
}

void tst_MasterKey::restoredKeyIsGivenBack()
{
    FakeKeychain keychain;
    FleetIdentity fleet;
    fleet.fleetId = FleetId("f");
    const std::string key(32, 'r');
    QVERIFY(!keyFrom(keychain, true));
    std::optional<Result<void>> answer;
    const auto restore = [&] {
        answer.reset();
        restoreMasterKey(keychain, fleet, SecretBytes(key), [&](const Result<void> &kept) { answer = kept; });
        return answer.has_value() && answer->has_value();
    };
    keychain.writeProblem = u"denied"_s;
    QVERIFY(!restore());
    keychain.writeProblem.clear();
    keychain.forgets = true;
    QVERIFY(!restore());
    keychain.forgets = false;
    QVERIFY(restore());
    QCOMPARE(*keyFrom(keychain, true), key);
}

void tst_MasterKey::keychainTrouble_data()
{
    QTest::addColumn<QString>("trouble");
    QTest::addColumn<bool>("storeHasKey");
    QTest::addColumn<int>("writes");
    QTest::addRow("[S02] locked: says not found, store has a key") << u"locked"_s << true << 0;
    QTest::addRow("[S02] entry gone, store has a key") << u"empty"_s << true << 0;
    QTest::addRow("[S02] no service") << u"problem"_s << false << 0;
    QTest::addRow("[S02] no service, store has a key") << u"problem"_s << true << 0;
    QTest::addRow("[S02] refuses to store") << u"write"_s << false << 1;
    QTest::addRow("[S02] stores but does not give back") << u"forgets"_s << false << 1;
    QTest::addRow("[S02] entry of another size") << u"odd"_s << false << 0;
}

void tst_MasterKey::keychainTrouble()
{
    QFETCH(QString, trouble);
    QFETCH(bool, storeHasKey);
    QFETCH(int, writes);
    FakeKeychain keychain;
    if (trouble == u"locked"_s)
        keychain.entries[u"master-key-f"_s] = QByteArray(32, 'k');
    keychain.locked = trouble == u"locked"_s;
    keychain.forgets = trouble == u"forgets"_s;
    if (trouble == u"odd"_s)
        keychain.entries[u"master-key-f"_s] = "short";
    if (trouble == u"problem"_s)
        keychain.problem = u"no secret service"_s;
    if (trouble == u"write"_s)
        keychain.writeProblem = u"denied"_s;
    const auto key = keyFrom(keychain, storeHasKey);
    QVERIFY(!key);
    QVERIFY(key.error().code == errors::kMasterKeyUnavailable);
    QVERIFY(!key.error().message.empty());
    QCOMPARE(keychain.writes, writes);
}

FB_TEST(tst_MasterKey)
#include "tst_master_key.moc"
