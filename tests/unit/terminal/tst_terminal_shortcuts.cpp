// The short cuts past the parser are the same as the parser: two terminals, one with and one without, get the same streams cut at the same
// random places and resized at the same times. FB_SOAK: more seeds. [U03]

#include "tests/support/test_main.h"
#include "tests/unit/terminal/screen_probe.h"
#include "tests/unit/terminal/stream_file.h"
#include "tests/unit/terminal/stream_mixer.h"

#include <QTest>

using namespace fb;
using namespace fb::test;

namespace {

TerminalOptions options(bool usesShortcuts)
{
    return {.historyRows = 150, .spillFolder = {}, .usesShortcuts = usesShortcuts};
}

QByteArray said(Terminal &terminal)
{
    const TerminalNews news = terminal.takeNews();
    return QByteArray::fromStdString(terminal.takeReplies() + '|' + news.title.value_or("none") + '|'
                                     + news.clipboard.value_or("none") + '|' + (news.bell ? "bell" : ""));
}

struct Pair {
    Terminal with;
    Terminal without;
    explicit Pair(TerminalSize size) : with(size, options(true)), without(size, options(false)) { }

    void write(std::string_view bytes)
    {
        with.write(bytes);
        without.write(bytes);
    }
    void resize(TerminalSize size)
    {
        with.resize(size);
        without.resize(size);
    }
    bool isSame() { return everything(with) == everything(without) && said(with) == said(without); }
};

// Where both part, for who repairs it.
QByteArray story(StreamMixer mixer, TerminalSize size, const std::string &stream, size_t longest)
{
    Pair pair(size);
    QByteArray last;
    for (const std::string_view piece : mixer.cut(stream, longest)) {
        for (const char byte : piece) {
            last += byte;
            last = last.right(120);
            pair.write(std::string_view(&byte, 1));
            if (!pair.isSame())
                return "they part after " + last.toPercentEncoding(" []?;") + "\nwith:\n"
                    + everything(pair.with) + "\nwithout:\n" + everything(pair.without);
        }
    }
    return "only when cut or resized so";
}

int rounds(int usual) { return qEnvironmentVariableIsSet("FB_SOAK") ? usual * 100 : usual; }

}

class tst_TerminalShortcuts : public QObject
{
    Q_OBJECT
private slots:
    void recordedStreams_data();
    void recordedStreams();
    void streamsWithErrors();
    void randomControls();
    void randomBytes();

private:
    static bool agree(StreamMixer &mixer, TerminalSize size, const std::string &stream, size_t longest,
                      bool resizes)
    {
        const StreamMixer before = mixer;
        Pair pair(size);
        for (const std::string_view piece : mixer.cut(stream, longest)) {
            pair.write(piece);
            if (resizes && mixer.below(10) == 0)
                pair.resize({int(2 + mixer.below(120)), int(1 + mixer.below(50))});
        }
        if (pair.isSame())
            return true;
        qWarning().noquote() << story(before, size, stream, longest);
        return false;
    }
};

void tst_TerminalShortcuts::recordedStreams_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : streamNames())
        QTest::newRow(qPrintable(name)) << name;
}

void tst_TerminalShortcuts::recordedStreams()
{
    QFETCH(QString, name);
    const StreamFile stream = readStream(name);
    StreamMixer mixer(1);
    const std::string bytes = stream.bytes.toStdString();
    QVERIFY(agree(mixer, stream.size, bytes, bytes.size(), false));
    QVERIFY(agree(mixer, stream.size, bytes, 30, false));
    QVERIFY(agree(mixer, stream.size, bytes, 300, true));
}

void tst_TerminalShortcuts::streamsWithErrors()
{
    const QStringList names = streamNames();
    for (int seed = 1; seed <= rounds(60); ++seed) {
        StreamMixer mixer {uint64_t(seed)};
        const StreamFile stream = readStream(names[int(mixer.below(uint32_t(names.size())))]);
        const std::string bytes = mixer.mutated(stream.bytes.toStdString());
        QVERIFY2(agree(mixer, stream.size, bytes, 200, seed % 2 == 0), qPrintable(QString::number(seed)));
    }
}

void tst_TerminalShortcuts::randomControls()
{
    for (int seed = 1; seed <= rounds(300); ++seed) {
        StreamMixer mixer {uint64_t(seed) + 1'000'000};
        const TerminalSize size {int(2 + mixer.below(60)), int(1 + mixer.below(20))};
        const std::string bytes = mixer.controls(400);
        QVERIFY2(agree(mixer, size, bytes, 100, seed % 3 == 0), qPrintable(QString::number(seed)));
    }
}

void tst_TerminalShortcuts::randomBytes()
{
    for (int seed = 1; seed <= rounds(30); ++seed) {
        StreamMixer mixer {uint64_t(seed) + 2'000'000};
        const std::string bytes = mixer.bytes(20'000);
        QVERIFY2(agree(mixer, {80, 24}, bytes, 1000, seed % 3 == 0), qPrintable(QString::number(seed)));
    }
}

FB_TEST(tst_TerminalShortcuts)
#include "tst_terminal_shortcuts.moc"
