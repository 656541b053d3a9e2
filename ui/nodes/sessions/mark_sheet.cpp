#include "ui/nodes/sessions/mark_sheet.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

MarkSheet::MarkSheet(SessionsSource &sessions, const QString &id, const QString &nodeName, QWidget *window)
    : Sheet(tr("Mark the recording of %1").arg(nodeName), window),
      m_sessions(sessions),
      m_id(id),
      m_label(new QLineEdit),
      m_set(makeButton(u"markSet"_s, tr("Set the mark"), Icon::Mark, ButtonKind::Primary))
{
    setObjectName(u"markSheet"_s);
    m_label->setObjectName(u"markLabel"_s);
    m_label->setMaxLength(kLongest);
    m_field = new FormField(
        tr("What happens now"), m_label,
        tr("It appears at this moment on the recording's timeline for everyone who may play it."), true);
    auto *cancel = makeButton(u"markCancel"_s, tr("Cancel"));
    markChange(m_set);
    body()->addWidget(m_field);
    body()->addStretch(1);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_set);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_set, &QPushButton::clicked, this, &MarkSheet::submit);
    connect(m_label, &QLineEdit::returnPressed, m_set, &QPushButton::click);
    connect(m_label, &QLineEdit::textEdited, this, [this] { m_field->setError({}); });
}

void MarkSheet::submit()
{
    const QString label = m_label->text().trimmed();
    if (label.isEmpty()) {
        m_field->setError(tr("Enter a name to find this place by."));
        m_label->setFocus();
        return;
    }
    m_set->setEnabled(false);
    m_sessions.mark(m_id, label, [self = QPointer(this), label](const ShownError &problem) {
        if (!self)
            return;
        self->m_set->setEnabled(true);
        if (!problem.isEmpty()) {
            self->m_field->setError(problem.field == u"Label"
                                        ? tr("Enter 1 to %1 printable characters.").arg(kLongest)
                                        : problem.words());
            return self->m_label->setFocus();
        }
        emit self->marked(label);
        self->close();
    });
}

}
