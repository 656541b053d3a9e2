#include "ui/nodes/tools/signal_sheet.h"

#include "models/nodes/tools/process_row.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

SignalSheet::SignalSheet(const QString &process, QWidget *window)
    : Sheet(tr("Send a signal to %1").arg(process), window),
      m_signal(new QComboBox),
      m_tree(new QCheckBox(tr("And to every process below it")))
{
    setObjectName(u"signalSheet"_s);
    m_signal->setObjectName(u"signalChoice"_s);
    m_tree->setObjectName(u"signalTree"_s);
    const QList<ProcessSignal> all = ProcessSignals::all();
    for (const ProcessSignal &each : all)
        //: a signal's name and what it asks for: "TERM: end in good order"
        m_signal->addItem(tr("%1: %2").arg(each.name, each.meaning), each.number);
    auto *cancel = makeButton(u"signalCancel"_s, tr("Cancel"));
    auto *send = makeButton(u"signalSend"_s, tr("Send"), Icon::None, ButtonKind::Primary);
    markChange(send);
    body()->addWidget(new FormField(tr("Signal"), m_signal, {}, true));
    body()->addWidget(m_tree);
    body()->addStretch(1);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(send);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(send, &QPushButton::clicked, this, [this] {
        emit chosen(m_signal->currentData().toInt(), m_tree->isChecked());
        close();
    });
}

}
