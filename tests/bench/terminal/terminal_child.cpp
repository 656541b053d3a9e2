#include "tests/bench/terminal/terminal_child.h"

#include "tests/bench/figure.h"
#include "tests/bench/process_figures.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/flagbridge_style.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTimer>

#include <atomic>
#include <cstdio>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace fb::bench {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kUnparsed = 512 * 1024; // then the program waits, as on a node

    // A command on a pseudo-terminal, read on a thread of its own.
    class PtyProgram : public QObject
    {
    public:
        PtyProgram(const char *command, TerminalModel &model) : m_model(model)
        {
            winsize size {};
            size.ws_col = 80;
            size.ws_row = 24;
            m_pid = ::forkpty(&m_file, nullptr, nullptr, &size);
            if (m_pid == 0) {
                ::execl("/bin/sh", "sh", "-c", command, nullptr);
                ::_exit(127);
            }
            connect(&model, &TerminalModel::input, this, [this](const QByteArray &bytes) {
                if (::write(m_file, bytes.constData(), size_t(bytes.size())) < 0)
                    std::perror("pty");
            });
            connect(&model, &TerminalModel::consumed, this, [this](qint64 bytes) {
                m_unparsed -= bytes;
                m_unparsed.notify_one();
            });
            m_reader = std::thread([this] { read(); });
        }
        ~PtyProgram() override
        {
            m_unparsed = 0;
            m_unparsed.notify_one();
            ::kill(m_pid, SIGKILL);
            m_reader.join();
            ::close(m_file);
            ::waitpid(m_pid, nullptr, 0);
        }
        bool hasEnded() const { return m_hasEnded && m_unparsed == 0; }

    private:
        void read()
        {
            QByteArray piece(64 * 1024, Qt::Uninitialized);
            for (;;) {
                const ssize_t got = ::read(m_file, piece.data(), size_t(piece.size()));
                if (got <= 0)
                    break;
                // What is there by now comes along: a pseudo-terminal gives 4 KiB at most.
                ssize_t size = got;
                pollfd more {m_file, POLLIN, 0};
                while (size < piece.size() && ::poll(&more, 1, 0) == 1 && (more.revents & POLLIN) != 0) {
                    const ssize_t next = ::read(m_file, piece.data() + size, size_t(piece.size() - size));
                    if (next <= 0)
                        break;
                    size += next;
                }
                m_unparsed += size;
                m_model.write(QByteArray(piece.constData(), size));
                for (qint64 now = m_unparsed; now > kUnparsed; now = m_unparsed)
                    m_unparsed.wait(now);
            }
            m_hasEnded = true;
        }

        TerminalModel &m_model;
        int m_file = -1;
        pid_t m_pid = -1;
        std::thread m_reader;
        std::atomic<qint64> m_unparsed = 0;
        std::atomic<bool> m_hasEnded = false;
    };

    struct Window {
        explicit Window(qint64 lines = 10'000) : model(thread, {.scrollbackLines = lines}), view(model)
        {
            view.resize(view.sizeHint());
            view.show();
            view.setFocus();
        }
        TerminalThread thread;
        TerminalModel model;
        TerminalView view;
    };

    // The loop sleeps in between, as exec() does.
    bool until(const std::function<bool()> &done, int milliseconds = 120'000)
    {
        QElapsedTimer passed;
        passed.start();
        QTimer look; // for what tells nobody
        look.start(20);
        while (!done()) {
            if (passed.elapsed() > milliseconds)
                return false;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        return true;
    }

    class PaintCount final : public QObject
    {
    public:
        explicit PaintCount(QWidget &widget) { widget.installEventFilter(this); }
        int count = 0;

    protected:
        bool eventFilter(QObject *, QEvent *event) override
        {
            count += event->type() == QEvent::Paint ? 1 : 0;
            return false;
        }
    };

    double percentile(std::vector<double> values, double share)
    {
        std::sort(values.begin(), values.end());
        return values.at(std::min(values.size() - 1, size_t(double(values.size()) * share)));
    }

    // From the key to its picture, by way of a pseudo-terminal that echoes.
    void measureEcho(QJsonObject &out)
    {
        Window window;
        const PtyProgram program("cat > /dev/null", window.model);
        until([&] { return window.view.isVisible() && window.model.frame().columns == 80; });
        std::vector<double> times;
        for (int i = 0; i < 300; ++i) {
            QElapsedTimer pause; // nobody types faster
            pause.start();
            until([&] { return pause.elapsed() >= 25; });
            QSignalSpy frames(&window.model, &TerminalModel::frameChanged);
            PaintCount paints(window.view);
            QElapsedTimer passed;
            passed.start();
            QKeyEvent key(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, u"a"_s);
            QApplication::sendEvent(&window.view, &key);
            until([&] { return !frames.isEmpty() && paints.count > 0; }, 1000);
            times.push_back(double(passed.nsecsElapsed()) / 1e6);
        }
        out[u"echoMedianMs"_s] = percentile(times, 0.5);
        out[u"echoP99Ms"_s] = percentile(times, 0.99);
    }

    // How long the window does not answer while a program pours.
    void measureFlood(QJsonObject &out, const char *payloadFile)
    {
        Window window;
        until([&] { return window.view.isVisible(); });
        const QByteArray command = QByteArray("cat ") + payloadFile;
        QElapsedTimer wall;
        wall.start();
        const PtyProgram program(command.constData(), window.model);
        double longest = 0;
        std::vector<double> gaps;
        while (!program.hasEnded() && wall.elapsed() < 120'000) {
            QElapsedTimer gap;
            gap.start();
            // Answered when the loop has come to it.
            QApplication::postEvent(&window.view,
                                    new QKeyEvent(QEvent::KeyPress, Qt::Key_Shift, Qt::ShiftModifier));
            QCoreApplication::processEvents();
            gaps.push_back(double(gap.nsecsElapsed()) / 1e6);
            longest = std::max(longest, gaps.back());
            ::usleep(1000);
        }
        out[u"floodLongestMs"_s] = longest;
        out[u"floodMbPerSecond"_s] = double(QFile(QString::fromLocal8Bit(payloadFile)).size()) / 1e6
            / (double(wall.elapsed()) / 1e3);
    }

    void measureMemory(QJsonObject &out)
    {
        Window first; // what every further one shares
        until([&] { return first.view.isVisible(); });
        const double before = memoryOf(::getpid()).proportionalKib;
        Window window(100'000);
        qint64 parsed = 0;
        QObject::connect(&window.model, &TerminalModel::consumed, &window.view,
                         [&](qint64 bytes) { parsed += bytes; });
        qint64 written = 0;
        for (int i = 0; i < 110'000; ++i) {
            const QByteArray line = QByteArray::number(i).leftJustified(80, 'x') + "\r\n";
            window.model.write(line);
            written += line.size();
            if (written - parsed > kUnparsed)
                until([&] { return written - parsed < kUnparsed / 2; });
        }
        until([&] {
            return parsed == written
                && window.model.frame().screenRow - window.model.frame().firstRow >= 100'000;
        });
        out[u"memoryMib"_s] = (memoryOf(::getpid()).proportionalKib - before) / 1024;
    }
}

int terminalWindow(int argc, char **argv, const char *command)
{
    const QApplication application(argc, argv);
    FlagbridgeStyle::install(Scheme::Dark);
    Window window;
    until([&] { return window.view.isVisible(); });
    const PtyProgram program(command, window.model);
    return until([&] { return program.hasEnded(); }) ? 0 : 1;
}

int terminalFigures(int argc, char **argv, const char *payloadFile)
{
    const QApplication application(argc, argv);
    FlagbridgeStyle::install(Scheme::Dark);
    QJsonObject out;
    measureEcho(out);
    measureFlood(out, payloadFile);
    measureMemory(out);
    std::puts(QJsonDocument(out).toJson(QJsonDocument::Compact).constData());
    return 0;
}

}
