#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/nodes/runcommand/run_compare_page.h"
#include "ui/nodes/runcommand/run_page.h"
#include "ui/nodes/runcommand/runs_page.h"
#include "ui/widgets/late_page.h"

#include <QUuid>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kRunCommand = u"run-command"_s;

    // Of a run that is older than those listed, or while none is listed yet.
    Page *lateRun(RunsViewModel &runs, const QString &id, QWidget *parent)
    {
        if (QUuid::fromString(id).isNull())
            return nullptr;
        auto *late = new LatePage(kRunCommand + u'/' + id, id, parent);
        QObject::connect(&runs, &RunsViewModel::runsArrived, late, [&runs, late, id] {
            if (runs.runs().run(id))
                late->setHere();
        });
        QObject::connect(
            &runs, &RunsViewModel::missing, late, [late, id](const QString &missing, const ShownError &) {
                if (missing == id)
                    late->setMissing(Console::tr("There is no run %1. Runs are kept for a limited "
                                                 "time.")
                                         .arg(id));
            });
        runs.read(id);
        return late;
    }

    // run-command/<first>/with/<second>
    Page *comparison(RunsViewModel &runs, const QString &firstId, const QString &secondId, QWidget *parent)
    {
        const RunRow *first = runs.runs().run(firstId);
        const RunRow *second = runs.runs().run(secondId);
        if (first && second)
            return new RunComparePage(runs, *first, *second, parent);
        if (QUuid::fromString(firstId).isNull() || QUuid::fromString(secondId).isNull())
            return nullptr;
        auto *late = new LatePage(RunComparePage::addressOf(firstId, secondId), firstId, parent);
        QObject::connect(&runs, &RunsViewModel::runsArrived, late, [&runs, late, firstId, secondId] {
            if (runs.runs().run(firstId) && runs.runs().run(secondId))
                late->setHere();
        });
        QObject::connect(&runs, &RunsViewModel::missing, late,
                         [late, firstId, secondId](const QString &missing, const ShownError &) {
                             if (missing == firstId || missing == secondId)
                                 late->setMissing(
                                     Console::tr("There is no run %1. Runs are kept for a limited "
                                                 "time.")
                                         .arg(missing));
                         });
        for (const QString &id : {firstId, secondId}) {
            if (!runs.runs().run(id))
                runs.read(id);
        }
        return late;
    }

    PageEntry page(Console &console, RunsViewModel &runs)
    {
        PageEntry entry {.name = kRunCommand,
                         .group = Console::tr("Nodes"),
                         .title = Console::tr("Run Command"),
                         .icon = Icon::RunCommand,
                         .make = {}};
        entry.make = [&](const QString &rest, QWidget *parent) -> Page * {
            if (rest.isEmpty()) {
                auto *list = new RunsPage(runs, parent);
                QObject::connect(list, &RunsPage::runRequested, &console,
                                 [&console] { console.openComposer({}); });
                return list;
            }
            if (rest.section(u'/', 1, 1) == u"with")
                return comparison(runs, rest.section(u'/', 0, 0), rest.section(u'/', 2), parent);
            const RunRow *run = runs.runs().run(rest);
            if (!run)
                return lateRun(runs, rest, parent);
            auto *one = new RunPage(runs, *run, parent);
            QObject::connect(one, &RunPage::againRequested, &console, &Console::openComposerWith);
            QObject::connect(one, &RunPage::runOnRequested, &console, &Console::openComposer);
            return one;
        };
        return entry;
    }
}

ConsoleFeature runCommandFeature(Console &console, RunsViewModel &runs)
{
    ConsoleFeature feature;
    feature.pages = {page(console, runs)};
    feature.commands = {{u"cmdRun"_s, Console::tr("Nodes"), Console::tr("Run a document"),
                         QKeySequence(Qt::CTRL | Qt::Key_R), Icon::RunCommand,
                         [&console] { console.openComposer({}); }, u"ssm:SendCommand"_s}};
    feature.things = [&runs](const QString &query, int most) {
        QList<PaletteEntry> things;
        for (int row = 0; row < runs.runs().rowCount() && things.size() < most; ++row) {
            const RunRow *run = runs.runs().run(runs.runs().idAt(row));
            if (!PaletteModel::match(RunTableModel::titleOf(*run), query) && !run->id.startsWith(query))
                continue;
            things.append({Icon::RunCommand,
                           RunTableModel::titleOf(*run),
                           u"%1, %2"_s.arg(run->documentName, RunWords::word(run->details)),
                           Console::tr("Run"),
                           {},
                           kRunCommand + u'/' + run->id,
                           {},
                           PaletteGroup::Run});
        }
        return things;
    };
    return feature;
}

}
