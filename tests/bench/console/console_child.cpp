#include "tests/bench/console/console_child.h"

#include "app/console/console_program.h"
#include "app/console/memory_use.h"
#include "tests/bench/figure.h"
#include "tests/bench/process_figures.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QThread>

#include <cstdio>
#include <unistd.h>

namespace fb::bench {

using namespace Qt::StringLiterals;

namespace {

    // Counts what is painted, so that a step ends with its picture.
    class PaintCount final : public QObject
    {
    public:
        explicit PaintCount(QWidget *widget) { widget->installEventFilter(this); }
        int count = 0;

    protected:
        bool eventFilter(QObject *, QEvent *event) override
        {
            count += event->type() == QEvent::Paint ? 1 : 0;
            return false;
        }
    };

    // Of the event loop; sleeps when nothing is to be done, as exec() would.
    void turn()
    {
        QCoreApplication::processEvents();
        QThread::msleep(1);
    }

    bool until(const std::function<bool()> &done, int milliseconds = 60000)
    {
        QElapsedTimer passed;
        passed.start();
        while (!done()) {
            if (passed.elapsed() > milliseconds)
                return false;
            turn();
        }
        return true;
    }

    void settle()
    {
        for (int i = 0; i < 100; ++i)
            turn();
    }

    void press(QWidget *widget, int key, Qt::KeyboardModifiers modifiers = {}, const QString &text = {})
    {
        QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
        QCoreApplication::sendEvent(widget, &down);
        QKeyEvent up(QEvent::KeyRelease, key, modifiers, text);
        QCoreApplication::sendEvent(widget, &up);
    }

    // Of the ui thread, from the key to its picture.
    double stepMs(const std::function<void()> &act, PaintCount &paints)
    {
        const int before = paints.count;
        const auto begin = threadCpu();
        act();
        until([&] { return paints.count > before; }, 2000);
        return milliseconds(threadCpu() - begin);
    }

    double worst(const std::vector<double> &values)
    {
        return *std::max_element(values.begin(), values.end());
    }

    std::vector<double> filterKeys(MainWindow &window, DataTable &table)
    {
        auto *line = window.findChild<QLineEdit *>(u"fleetFilterEdit"_s);
        if (!line) {
            const QList<QLineEdit *> edits = window.findChild<FilterLine *>()->findChildren<QLineEdit *>();
            line = edits.value(0);
        }
        line->setFocus();
        PaintCount paints(table.viewport());
        std::vector<double> keys;
        for (const QString &word : {u"web-tyo"_s, u"10.1"_s, u"prod"_s, u"000"_s, u"rocky"_s, u"zzz"_s}) {
            for (const QChar letter : word)
                keys.push_back(stepMs([&] { press(line, 0, {}, QString(letter)); }, paints));
            for (qsizetype i = 0; i < word.size(); ++i)
                keys.push_back(stepMs([&] { press(line, Qt::Key_Backspace); }, paints));
        }
        return keys;
    }

    void measureFilterKeys(MainWindow &window, DataTable &table, QJsonObject &out)
    {
        const std::vector<double> keys = filterKeys(window, table);
        out[u"filterMedianMs"] = median(keys);
        out[u"filterWorstMs"] = worst(keys);
        table.selectAll();
        const std::vector<double> chosen = filterKeys(window, table);
        out[u"chosenFilterMedianMs"] = median(chosen);
        out[u"chosenFilterWorstMs"] = worst(chosen);
        table.clearSelection();
        // Sorted by what has nothing to do with the choice, so that the chosen rows stand apart.
        auto *line = window.findChild<FilterLine *>(u"fleetFilter"_s);
        table.horizontalHeader()->setSortIndicator(static_cast<int>(NodeTableModel::Column::Id),
                                                   Qt::AscendingOrder);
        line->setQuery(TableQuery::fromText(u"tag:role=web"_s));
        table.selectAll();
        line->clear();
        out[u"scatteredFilterWorstMs"] = worst(filterKeys(window, table));
        table.clearSelection();
        table.horizontalHeader()->setSortIndicator(table.shownColumns()[0], Qt::AscendingOrder);
        settle();
    }

    void measureSorts(DataTable &table, QJsonObject &out)
    {
        PaintCount paints(table.viewport());
        std::vector<double> first;
        std::vector<double> again;
        const QList<int> columns = table.shownColumns();
        for (const int column : columns) {
            first.push_back(stepMs(
                [&] { table.horizontalHeader()->setSortIndicator(column, Qt::AscendingOrder); }, paints));
            again.push_back(stepMs(
                [&] { table.horizontalHeader()->setSortIndicator(column, Qt::DescendingOrder); }, paints));
        }
        out[u"sortFirstWorstMs"] = worst(first);
        out[u"sortFirstMedianMs"] = median(first);
        out[u"sortAgainMedianMs"] = median(again);
        table.horizontalHeader()->setSortIndicator(columns.first(), Qt::AscendingOrder);
    }

    void measureScrolling(DataTable &table, QJsonObject &out)
    {
        table.setFocus();
        PaintCount paints(table.viewport());
        std::vector<double> frames;
        const int before = table.verticalScrollBar()->value();
        for (int page = 0; page < 200; ++page)
            frames.push_back(stepMs([&] { press(&table, Qt::Key_PageDown); }, paints));
        out[u"scrollMedianMs"] = median(frames);
        out[u"scrollWorstMs"] = worst(frames);
        // Each of the 200 pages was gone down: nothing that was pressed was dropped.
        const int page = table.viewport()->height() / qMax(1, table.rowHeight(0)) - 1;
        out[u"scrolledPages"] = double(table.currentIndex().row()) / qMax(1, page);
        out[u"scrolled"] = table.verticalScrollBar()->value() > before;
        press(&table, Qt::Key_Home, Qt::ControlModifier);
    }

    void measurePalette(MainWindow &window, QJsonObject &out)
    {
        window.openPalette();
        auto *edit = window.findChild<QLineEdit *>(u"paletteEdit"_s);
        std::vector<double> keys;
        for (const QString &word : {u"web-tyo-0"_s, u"run"_s, u"@db"_s, u"#env"_s, u"qqq"_s}) {
            for (const QChar letter : word) {
                const auto begin = threadCpu();
                press(edit, 0, {}, QString(letter));
                QCoreApplication::processEvents();
                keys.push_back(milliseconds(threadCpu() - begin));
            }
            edit->clear();
        }
        out[u"paletteMedianMs"] = median(keys);
        out[u"paletteWorstMs"] = worst(keys);
        press(edit, Qt::Key_Escape);
    }

    // 1,000 rows change a second for two seconds, as their news would come.
    void measureChanges(FleetViewModel &fleet, DataTable &table, QJsonObject &out)
    {
        table.selectRow(20);
        const QString chosen = table.currentId();
        const int top = table.rowAt(0);
        const auto begin = threadCpu();
        QElapsedTimer passed;
        passed.start();
        qint64 longest = 0;
        int changed = 0;
        while (passed.elapsed() < 2000) {
            QList<NodeRow> rows;
            while (changed < passed.elapsed() && rows.size() < 200) {
                NodeRow row = *fleet.nodes().node(fleet.nodes().idAt(changed % 5000));
                row.cpu = (changed % 100) / 100.0;
                rows.append(row);
                ++changed;
            }
            QElapsedTimer taken;
            taken.start();
            fleet.nodes().applyNodes(rows);
            QCoreApplication::processEvents();
            longest = qMax(longest, taken.elapsed());
            turn();
        }
        out[u"changesCpuShare"] = seconds(threadCpu() - begin) / (double(passed.elapsed()) / 1000);
        out[u"changesLongestMs"] = double(longest);
        out[u"changesStay"] = table.currentId() == chosen && table.rowAt(0) == top;
    }
}

int consoleChild(int argc, char **argv, const char *dataDir)
{
    keepMemoryTight();
    QElapsedTimer begun;
    begun.start();
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    FlagbridgeStyle::install(Scheme::Light);
    ConsoleProgram program({.dataDir = QString::fromLocal8Bit(dataDir),
                            .listen = u"127.0.0.1:0"_s,
                            .language = u"en"_s,
                            .theme = u"light"_s});
    bool ready = false;
    QObject::connect(&program, &ConsoleProgram::ready, [&] { ready = true; });
    QObject::connect(&program, &ConsoleProgram::failed, [](const ShownError &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.message));
        ::_exit(1);
    });
    program.start();
    if (!program.console()) // its engine starts behind it
        return 1;
    MainWindow &window = program.console()->window();
    QJsonObject out;
    PaintCount windowPaints(&window);
    until([&] { return windowPaints.count > 0; });
    const int64_t self = ::getpid();
    out[u"usableCpuMs"] = milliseconds(processCpu(self));
    out[u"usableMs"] = double(begun.elapsed());
    QElapsedTimer stall; // the window answers while the rows come in
    qint64 longest = 0;
    stall.start();
    auto *table = window.findChild<DataTable *>(u"fleetTable"_s); // a console opens there at first
    PaintCount paints(table->viewport());
    const bool filled = until([&] {
        longest = qMax(longest, stall.restart());
        return program.fleet()->isLoaded() && table->model()->rowCount() > 0 && paints.count > 0;
    });
    longest = qMax(longest, stall.restart());
    if (!filled)
        return 1;
    out[u"filledCpuMs"] = milliseconds(processCpu(self));
    out[u"filledMs"] = double(begun.elapsed());
    out[u"fillLongestMs"] = double(longest);
    out[u"rows"] = table->model()->rowCount();
    if (!ready)
        return 1;
    window.resize(1440, 900);
    settle();
    // First paint of a page with all its rows.
    window.openAddress(u"events"_s);
    QCoreApplication::processEvents();
    {
        const auto begin = threadCpu();
        window.openAddress(u"fleet"_s);
        table = window.findChild<DataTable *>(u"fleetTable"_s);
        PaintCount first(table->viewport());
        until([&] { return first.count > 0; });
        out[u"firstPaintMs"] = milliseconds(threadCpu() - begin);
    }
    measureFilterKeys(window, *table, out);
    measureSorts(*table, out);
    measureScrolling(*table, out);
    measurePalette(window, out);
    measureChanges(*program.fleet(), *table, out);
    window.openAddress(u"run-command"_s);
    until([&] { return program.runs()->isLoaded(); });
    settle();
    const Memory memory = memoryOf(self);
    out[u"memoryMib"] = memory.proportionalKib / 1024;
    std::printf("%s\n", QJsonDocument(out).toJson(QJsonDocument::Compact).constData());
    return 0;
}

}
