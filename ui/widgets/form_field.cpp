#include "ui/widgets/form_field.h"

#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

FormField::FormField(const QString &label, QWidget *field, const QString &help, bool stretch, QWidget *parent)
    : QWidget(parent),
      m_field(field),
      m_note(new TextLabel(help, TextRole::Small, Token::Text3, this)),
      m_help(help)
{
    const Metrics &m = themeOf(this).metrics();
    auto *title = new TextLabel(label, TextRole::Body, Token::Text2, this);
    title->setBuddy(field);
    title->setMinimumHeight(m.step(5)); // fields beside each other stand level in every script
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(label);
    field->setAccessibleDescription(help);
    m_note->setWordWrap(true);
    m_note->setVisible(!help.isEmpty());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(1));
    column->addWidget(title);
    column->addWidget(field, 0, stretch ? Qt::Alignment() : Qt::AlignLeft);
    column->addWidget(m_note);
}

void FormField::setError(const QString &error)
{
    if (error == m_error)
        return;
    m_error = error;
    m_field->setProperty("fbWrong", !error.isEmpty());
    m_field->setAccessibleDescription(error.isEmpty() ? m_help : error);
    m_field->update();
    m_note->setText(error.isEmpty() ? m_help : error);
    if (error.isEmpty())
        m_note->setToken(Token::Text3);
    else
        m_note->setTone(Tone::Failed);
    m_note->setVisible(!m_note->text().isEmpty());
}

}
