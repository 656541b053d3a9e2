#include "ui/nodes/tools/name_sheet.h"

#include "models/nodes/tools/file_row.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

NameSheet::NameSheet(const QString &title, const QString &name, const QString &verb, QWidget *window)
    : Sheet(title, window),
      m_name(new QLineEdit(name))
{
    setObjectName(u"nameSheet"_s);
    m_name->setObjectName(u"fileName"_s);
    m_name->selectAll();
    m_field = new FormField(tr("Name"), m_name, tr("Bytes that are not text are written as \\xff."), true);
    body()->addWidget(m_field);
    body()->addStretch(1);
    auto *cancel = makeButton(u"nameCancel"_s, tr("Cancel"));
    auto *confirm = makeButton(u"nameConfirm"_s, verb, Icon::None, ButtonKind::Primary);
    markChange(confirm);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(confirm);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(confirm, &QPushButton::clicked, this, &NameSheet::submit);
    connect(m_name, &QLineEdit::returnPressed, confirm, &QPushButton::click);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_field->setError({}); });
}

void NameSheet::submit()
{
    const QByteArray name = filePath::typed(m_name->text());
    QString error;
    if (name.isEmpty() || name == "." || name == "..")
        error = tr("Enter a name.");
    else if (name.contains('/') || name.contains('\0'))
        error = tr("A name cannot contain /.");
    else if (name.size() > 255)
        error = tr("The name has %1 bytes; at most 255 are allowed.").arg(name.size());
    m_field->setError(error);
    if (!error.isEmpty())
        return m_name->setFocus();
    emit chosen(name);
    close();
}

}
