// Output of a step on disk (spec/run-command.md 3.11).

#include "agent/worker/output_file.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::agent;

class tst_OutputFile : public QObject
{
    Q_OBJECT
private slots:
    void keepsHeadTailAndHash();
    void headEndsWithAWholeCharacter();
    void limitIsNamedInTheLastLine();
    void heldBackBytesAreNamed();
    void goesOnAfterAnEarlierWorker();
    void pieces();
    void plantedLink();

private:
    struct Place {
        QTemporaryDir temporary;
        PrivateFolder folder
            = *PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/work")).toStdString());
        QByteArray content() const
        {
            QFile file(temporary.filePath(QStringLiteral("work/0.stdout")));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
    };
};

void tst_OutputFile::keepsHeadTailAndHash()
{
    Place place;
    OutputFile file(place.folder, "0.stdout", 1 << 20, 100);
    std::string all;
    for (int i = 0; i < 5000; ++i) {
        const std::string line = std::to_string(i) + "\n";
        all += line;
        file.add(line);
    }
    file.finish();
    QCOMPARE(place.content(), QByteArray::fromStdString(all));
    QCOMPARE(file.head(), all.substr(0, 100));
    QCOMPARE(file.tail(), all.substr(all.size() - OutputFile::kTailBytes));
    QCOMPARE(file.digest(), sha256(all));
    QCOMPARE(file.size(), uint64_t(all.size()));
    QCOMPARE(file.dropped(), uint64_t(0));
}

void tst_OutputFile::headEndsWithAWholeCharacter()
{
    Place place;
    OutputFile file(place.folder, "0.stdout", 1 << 20, 10);
    file.add("123456789\xe2\x82\xac and more");
    file.finish();
    QCOMPARE(file.head(), std::string("123456789")); // the euro sign would not fit
}

void tst_OutputFile::limitIsNamedInTheLastLine()
{
    Place place;
    OutputFile file(place.folder, "0.stdout", 1000, 100);
    for (int i = 0; i < 50; ++i)
        file.add(std::string(100, 'x'));
    file.finish();
    QCOMPARE(file.dropped(), uint64_t(4000));
    QVERIFY(place.content().startsWith(QByteArray(1000, 'x') + "\n"));
    QVERIFY(place.content().endsWith("--output limit of 1000 bytes reached, 4000 bytes dropped--\n"));
    QCOMPARE(file.size(), uint64_t(place.content().size()));
}

void tst_OutputFile::heldBackBytesAreNamed() // [R04] the explicit marker of the spool bound
{
    Place place;
    OutputFile file(place.folder, "0.stdout", 1 << 20, 100);
    file.add("before\n");
    file.hold(true);
    file.add(std::string(12345, 'x'));
    file.hold(false);
    file.add("after\n");
    file.finish();
    QCOMPARE(place.content(), QByteArray("before\n\n[spool bound reached, 12345 bytes dropped]\nafter\n"));
    QCOMPARE(file.dropped(), uint64_t(12345));
}

void tst_OutputFile::goesOnAfterAnEarlierWorker()
{
    Place place;
    {
        OutputFile file(place.folder, "0.stdout", 1 << 20, 100);
        file.add("first ");
        file.flush();
    }
    OutputFile file(place.folder, "0.stdout", 1 << 20, 100);
    QCOMPARE(file.size(), uint64_t(6));
    file.add("second");
    file.finish();
    QCOMPARE(file.head(), std::string("first second"));
    QCOMPARE(file.digest(), sha256("first second"));
}

void tst_OutputFile::pieces()
{
    Place place;
    OutputFile file(place.folder, "0.stdout", 1 << 20, 100);
    file.add("a");
    QVERIFY(file.hasWaiting());
    QVERIFY(file.flush());
    QVERIFY(!file.flush());
    file.add(std::string(OutputFile::kPieceBytes, 'b')); // goes at once
    QVERIFY(!file.hasWaiting());
    QCOMPARE(file.size(), uint64_t(OutputFile::kPieceBytes + 1));
}

void tst_OutputFile::plantedLink() // [N03]
{
    Place place;
    const QString victim = place.temporary.filePath(QStringLiteral("victim"));
    QVERIFY(QFile::link(victim, place.temporary.filePath(QStringLiteral("work/0.stdout"))));
    OutputFile file(place.folder, "0.stdout", 1000, 100);
    QVERIFY(!file.failure().empty());
    file.add("x");
    file.finish();
    QVERIFY(!QFile::exists(victim));
}

FB_TEST(tst_OutputFile)
#include "tst_output_file.moc"
