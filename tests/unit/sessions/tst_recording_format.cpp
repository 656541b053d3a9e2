#include "backend/nodes/sessions/recording_format.h"

#include "backend/base/qt_text.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_RecordingFormat : public QObject
{
    Q_OBJECT

private slots:
    void comesBack();
    void everyChangedByteShows();
    void blocksCannotBeMovedOrLeftOut();
    void tornEndIsSkipped();
    void opensForItsSessionOnly();
};

namespace {

const std::string kKey(32, 'k');

struct Sealed {
    QList<QByteArray> blocks;
    RecordingPosition end;
};

Sealed sealed(const std::vector<std::string> &texts)
{
    test::SeededRandom random(5);
    RecordingSealer sealer(SecretBytes(kKey), "alice-1", {}, random);
    Sealed out;
    quint64 offset = 0;
    for (const std::string &text : texts) {
        offset += text.size();
        const auto block = sealer.seal(text, offset);
        sealer.keep(block);
        out.blocks.append(block.bytes);
    }
    out.end = sealer.position();
    return out;
}

// The texts, or the error's message in brackets at the end.
QByteArray readAll(const QByteArray &bytes, const std::string &session = "alice-1",
                   RecordingPosition *end = nullptr)
{
    RecordingReader reader(SecretBytes(kKey), session);
    reader.add(bytes);
    QByteArray out;
    for (;;) {
        const auto text = reader.next();
        if (!text)
            return out + "[altered]";
        if (!*text)
            break;
        out += toBytes(**text);
    }
    if (end != nullptr)
        *end = reader.position();
    return out;
}

}

void tst_RecordingFormat::comesBack()
{
    const Sealed recording = sealed({"one\n", "two\n", std::string(60'000, 'x')});
    RecordingPosition end;
    QCOMPARE(readAll(recording.blocks.join(), "alice-1", &end), "one\ntwo\n" + QByteArray(60'000, 'x'));
    QCOMPARE(end.chain, recording.end.chain);
    QCOMPARE(end.terminalOffset, quint64(60'008));

    // in pieces
    RecordingReader reader(SecretBytes(kKey), "alice-1");
    QByteArray text;
    const QByteArray all = recording.blocks.join();
    for (qsizetype at = 0; at < all.size(); at += 97) {
        reader.add(all.mid(at, 97));
        for (auto next = reader.next(); next && *next; next = reader.next())
            text += toBytes(**next);
    }
    QCOMPARE(text.size(), 60'008);
    QVERIFY(!reader.hasRest());

    const QByteArray header = RecordingSealer::segmentHeader("envelope");
    const auto read = RecordingReader::readHeader(header + all);
    QVERIFY(read);
    QCOMPARE(read->keyEnvelope, QByteArray("envelope"));
    QCOMPARE(read->size, header.size());
    QVERIFY(!RecordingReader::readHeader("something else entirely"));
    QVERIFY(!RecordingReader::readHeader(header.chopped(1)));
}

void tst_RecordingFormat::everyChangedByteShows()
{
    const QByteArray all = sealed({"password: ", "hello world\n"}).blocks.join();
    QVERIFY(!all.contains("password"));
    for (qsizetype i = 0; i < all.size(); ++i) {
        QByteArray changed = all;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        QVERIFY2(readAll(changed) != "password: hello world\n", qPrintable(QString::number(i)));
    }
}

void tst_RecordingFormat::blocksCannotBeMovedOrLeftOut()
{
    const QList<QByteArray> blocks = sealed({"a\n", "b\n", "c\n"}).blocks;
    QCOMPARE(readAll(blocks[0] + blocks[2]), QByteArray("a\n[altered]"));
    QCOMPARE(readAll(blocks[1] + blocks[0] + blocks[2]), QByteArray("[altered]"));
    QCOMPARE(readAll(blocks[0] + blocks[0] + blocks[1]), QByteArray("a\n[altered]"));
    // A cut at the end is seen by the head of the chain alone.
    RecordingPosition end;
    QCOMPARE(readAll(blocks[0] + blocks[1], "alice-1", &end), QByteArray("a\nb\n"));
    QVERIFY(end.chain != sealed({"a\n", "b\n", "c\n"}).end.chain);
}

void tst_RecordingFormat::tornEndIsSkipped()
{
    const QList<QByteArray> blocks = sealed({"a\n", "b\n"}).blocks;
    for (qsizetype cut = 1; cut < blocks[1].size(); ++cut)
        QCOMPARE(readAll(blocks[0] + blocks[1].chopped(cut)), QByteArray("a\n"));
}

void tst_RecordingFormat::opensForItsSessionOnly()
{
    QCOMPARE(readAll(sealed({"a\n"}).blocks.join(), "alice-2"), QByteArray("[altered]"));
}

FB_TEST(tst_RecordingFormat)
#include "tst_recording_format.moc"
