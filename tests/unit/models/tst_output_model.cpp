#include "models/nodes/runcommand/output_model.h"
#include "models/table/relative_time.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_OutputModel : public QObject
{
    Q_OBJECT
private slots:
    void joinsCutsOfAnyKind();
    void skipsWhatIsKnownAndWaitsForHoles();
    void keepsStreamsApartInOrder();
    void showsControlSequencesAsText();
    void isBounded();
    void whatWasRemovedIsSaid();
};

void tst_OutputModel::joinsCutsOfAnyKind()
{
    const QByteArray bytes = u"日本語 héllo\r\nsecond\n"_s.toUtf8();
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        OutputModel model;
        model.apply({{u"n"_s, RunStream::Out, 0, bytes.left(cut)}});
        model.apply({{u"n"_s, RunStream::Out, cut, bytes.mid(cut)}});
        QCOMPARE(model.text(u"n"_s), u"日本語 héllo\nsecond\n"_s);
        QCOMPARE(model.receivedBytes(u"n"_s), bytes.size());
    }
}

void tst_OutputModel::skipsWhatIsKnownAndWaitsForHoles()
{
    OutputModel model;
    QSignalSpy appended(&model, &OutputModel::appended);
    model.apply({{u"n"_s, RunStream::Out, 0, "abc"}});
    model.apply({{u"n"_s, RunStream::Out, 1, "bcd"}}); // again, and one byte more
    model.apply({{u"n"_s, RunStream::Out, 0, "abcd"}}); // nothing new
    model.apply({{u"n"_s, RunStream::Out, 9, "zzz"}}); // a hole before it
    QCOMPARE(model.text(u"n"_s), u"abcd"_s);
    QCOMPARE(appended.size(), 2);
    QCOMPARE(appended[1][2].toString(), u"d"_s);
}

void tst_OutputModel::keepsStreamsApartInOrder()
{
    OutputModel model;
    model.apply({{u"n"_s, RunStream::Out, 0, "1\n"},
                 {u"n"_s, RunStream::Err, 0, "oops\n"},
                 {u"n"_s, RunStream::Out, 2, "2\n"},
                 {u"m"_s, RunStream::Out, 0, "other\n"}});
    const QList<OutputPart> parts = model.parts(u"n"_s);
    QCOMPARE(parts.size(), 3);
    QVERIFY(parts[1].stream == RunStream::Err);
    QCOMPARE(model.text(u"n"_s), u"1\noops\n2\n"_s);
    QVERIFY(model.hasErrors(u"n"_s));
    QVERIFY(!model.hasErrors(u"m"_s));
    QVERIFY(model.parts(u"unknown"_s).isEmpty());
}

// [U04] terminal sequences and bidirectional overrides in output are shown, not obeyed
void tst_OutputModel::showsControlSequencesAsText()
{
    OutputModel model;
    model.apply({{u"n"_s, RunStream::Out, 0, "\x1b[2J\x07 safe\n"},
                 {u"n"_s, RunStream::Out, 11,
                  "\xe2\x80\xae"
                  "x"}});
    const QString text = model.text(u"n"_s);
    QVERIFY2(!text.contains(QChar(0x1b)) && !text.contains(QChar(0x07)) && !text.contains(QChar(0x202e)),
             qPrintable(text));
    QVERIFY(text.contains(u"\\x1b[2J"_s));
    QVERIFY(text.contains(u"safe\n"_s));
}

void tst_OutputModel::isBounded()
{
    OutputModel model;
    const QByteArray block(64 * 1024, 'x');
    for (qint64 offset = 0; offset < 3 * OutputModel::kShownBytes; offset += block.size())
        model.apply({{u"n"_s, RunStream::Out, offset, block}});
    QVERIFY(model.text(u"n"_s).size() <= OutputModel::kShownBytes);
    QVERIFY(model.isCut(u"n"_s));
    QCOMPARE(model.receivedBytes(u"n"_s), 3 * OutputModel::kShownBytes);
}

// [R12] an output of which only the beginning is kept says when the rest went, once, where it would follow
void tst_OutputModel::whatWasRemovedIsSaid()
{
    const Instant at = fromMicros(1'790'000'000'000'000);
    OutputModel model;
    const RunChunk kept {u"n"_s, RunStream::Out, 0, "first lines\n", 0, at};
    model.apply({kept});
    model.apply({kept}); // read again
    QCOMPARE(model.text(u"n"_s).count(u"was removed on"_s), 1);
    QVERIFY(model.text(u"n"_s).startsWith(u"first lines\n\n[The rest of this output was removed on "_s));
    QVERIFY(model.text(u"n"_s).contains(RelativeTime::exact(at)));
    // A page that was open has it all.
    OutputModel live;
    live.apply({{u"n"_s, RunStream::Out, 0, "first lines\nand more\n"}});
    live.apply({kept});
    QCOMPARE(live.text(u"n"_s), u"first lines\nand more\n"_s);
    // Each stream for itself, and one of which nothing is kept.
    OutputModel both;
    both.apply({{u"n"_s, RunStream::Out, 0, "whole\n"}, {u"n"_s, RunStream::Err, 0, {}, 0, at}});
    QCOMPARE(both.parts(u"n"_s).size(), 2);
    QVERIFY(both.parts(u"n"_s)[1].text.contains(u"was removed on"_s));
}

FB_TEST(tst_OutputModel)

}

#include "tst_output_model.moc"
