#include "ui/nodes/tools/priority_sheet.h"

#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QSpinBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

PrioritySheet::PrioritySheet(const QString &process, int nice, QWidget *window)
    : Sheet(tr("Priority of %1").arg(process), window),
      m_nice(new QSpinBox)
{
    setObjectName(u"prioritySheet"_s);
    m_nice->setObjectName(u"priorityValue"_s);
    m_nice->setRange(-20, 19);
    m_nice->setValue(nice);
    auto *cancel = makeButton(u"priorityCancel"_s, tr("Cancel"));
    auto *set = makeButton(u"prioritySet"_s, tr("Set the priority"), Icon::None, ButtonKind::Primary);
    markChange(set);
    body()->addWidget(new FormField(
        tr("Priority"), m_nice,
        tr("-20 is the highest priority, 19 the lowest; 0 is usual. Only root may go below 0.")));
    body()->addStretch(1);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(set);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(set, &QPushButton::clicked, this, [this] {
        emit chosen(m_nice->value());
        close();
    });
}

}
