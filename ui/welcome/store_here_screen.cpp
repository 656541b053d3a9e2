#include "ui/welcome/store_here_screen.h"

#include "ui/welcome/node_entrance.h"
#include "ui/widgets/fact_list.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

StoreHereScreen::StoreHereScreen(const QString &dataDir, const QString &operatorName)
    : StoreScreen(u"storeHere"_s, tr("Create a store here"),
                  tr("One file on this machine holds the fleet's state. Nothing else needs to be installed."),
                  tr("Create store")),
      m_entrance(new NodeEntrance)
{
    auto *facts = new FactList;
    facts->setFacts({{tr("Folder"), dataDir},
                     {tr("Account"), tr("%1, Administrator").arg(operatorName)},
                     {tr("Master key"),
                      tr("Created now and kept in this desktop's keychain. You can save a sealed backup of "
                         "it afterwards.")}});
    form()->addWidget(facts);
    form()->addWidget(m_entrance);
}

StoreChoice StoreHereScreen::choice() const
{
    StoreChoice choice;
    choice.kind = StoreKind::Here;
    m_entrance->fill(choice);
    return choice;
}

void StoreHereScreen::show(const StoreChoice &choice) { m_entrance->show(choice); }

bool StoreHereScreen::showProblem(const StoreChoice::Problem &problem)
{
    return m_entrance->showProblem(problem);
}

void StoreHereScreen::clearProblems() { m_entrance->clearProblems(); }

}
