#include "ui/welcome/demo_screen.h"

#include "models/nodes/fleet/demo_fleet.h"
#include "ui/widgets/fact_list.h"

#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

DemoScreen::DemoScreen()
    : StoreScreen(u"storeDemo"_s, tr("Try the demo fleet"),
                  tr("Starts six real agents on this machine under your own user account, enrolled over "
                     "loopback TLS. Every feature works with them. The demo has its own store: nothing you "
                     "do in it affects another fleet, and it can be removed at any time."),
                  tr("Start demo fleet"))
{
    auto *machines = new FactList;
    QList<QPair<QString, QString>> facts;
    const QList<DemoMachine> all = DemoFleet::machines();
    for (const DemoMachine &machine : all) // its first two tags say what it plays
        facts.append({machine.name, machine.tags.mid(0, 2).join(u"  "_s)});
    machines->setFacts(facts);
    form()->addWidget(machines);
}

StoreChoice DemoScreen::choice() const
{
    StoreChoice choice;
    choice.kind = StoreKind::Demo;
    return choice;
}

}
