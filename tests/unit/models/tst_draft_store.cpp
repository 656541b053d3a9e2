#include "models/drafts/draft_store.h"

#include "tests/support/test_main.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

// [R18] Drafts are whole or not there, private, bounded; names of people are never paths.
class tst_DraftStore : public QObject
{
    Q_OBJECT
private slots:
    void comesBack();
    void tornOrForeignIsNone();
    void isPrivate();
    void isBounded();
    void hostileKeys();
};

void tst_DraftStore::comesBack()
{
    QTemporaryDir folder;
    DraftStore store(folder.filePath(u"d"_s));
    QVERIFY(!store.load(u"a"_s));
    QVERIFY(store.save(u"a"_s, {{u"text"_s, u"日本 <b>"_s}}));
    QVERIFY(store.save(u"b"_s, {}));
    QCOMPARE(DraftStore(folder.filePath(u"d"_s)).load(u"a"_s)->values.value(u"text"_s).toString(),
             u"日本 <b>"_s);
    store.remove(u"a"_s);
    QVERIFY(!store.load(u"a"_s));
    QVERIFY(store.load(u"b"_s));
    QVERIFY(!DraftStore(QString()).save(u"a"_s, {}));
}

void tst_DraftStore::tornOrForeignIsNone()
{
    QTemporaryDir folder;
    DraftStore store(folder.path());
    QVERIFY(store.save(u"a"_s, {{u"x"_s, 1}}));
    QFile file(QDir(folder.path()).entryInfoList({u"*.json"_s}).first().filePath());
    QVERIFY(file.resize(file.size() / 2));
    QVERIFY(!store.load(u"a"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"key":"other","values":{}})");
    file.close();
    QVERIFY(!store.load(u"a"_s));
}

void tst_DraftStore::isPrivate()
{
    QTemporaryDir folder;
    DraftStore store(folder.path());
    QVERIFY(store.save(u"a"_s, {}));
    const auto open = QFile::permissions(QDir(folder.path()).entryInfoList({u"*.json"_s}).first().filePath());
    QCOMPARE(open & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
}

void tst_DraftStore::isBounded()
{
    QTemporaryDir folder;
    DraftStore store(folder.path());
    QVERIFY(!store.save(u"a"_s, {{u"x"_s, QString(static_cast<qsizetype>(DraftStore::kMostBytes), u'x')}}));
    QVERIFY(!store.load(u"a"_s));
    for (int i = 0; i < DraftStore::kMostDrafts + 5; ++i)
        QVERIFY(store.save(QString::number(i), {}));
    QCOMPARE(QDir(folder.path()).entryList({u"*.json"_s}).size(), DraftStore::kMostDrafts);
}

void tst_DraftStore::hostileKeys()
{
    QTemporaryDir folder;
    DraftStore store(folder.filePath(u"inside"_s));
    for (const QString &key : {u"../../escape"_s, u"/etc/passwd"_s, QString(10000, u'a'), u"a\0b"_s}) {
        QVERIFY(store.save(key, {{u"k"_s, 1}}));
        QVERIFY(store.load(key));
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList {u"inside"_s});
}

FB_TEST(tst_DraftStore)
#include "tst_draft_store.moc"
