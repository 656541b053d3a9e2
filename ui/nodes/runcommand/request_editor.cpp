#include "ui/nodes/runcommand/request_editor.h"

#include "ui/text/code_editor.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using Form = RunRequestText::Form;

RequestEditor::RequestEditor(QWidget *parent)
    : QWidget(parent),
      m_form(new QComboBox),
      m_text(new CodeEditor(u"composerRaw"_s)),
      m_problem(new TextLabel(TextRole::Small))
{
    const Metrics &m = themeOf(this).metrics();
    m_form->setObjectName(u"composerRawForm"_s);
    m_form->setAccessibleName(tr("Format"));
    m_form->addItems({u"JSON"_s, u"YAML"_s});
    m_text->setAccessibleName(tr("The request as text"));
    m_text->setFixedHeight(m.lines(20));
    m_text->setLanguage(CodeLanguage::Json);
    m_problem->setObjectName(u"composerRawProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->setTone(Tone::Failed);
    m_problem->hide();
    auto *line = new QHBoxLayout;
    line->addWidget(new TextLabel(tr("The SendCommand request. Changes are applied to the form."),
                                  TextRole::Small, Token::Text2),
                    1);
    line->addWidget(m_form);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(2));
    column->addLayout(line);
    column->addWidget(m_text);
    column->addWidget(new TextLabel(m_text->accessibleDescription(), TextRole::Small, Token::Text3));
    column->addWidget(m_problem);
    column->addStretch(1);
    connect(m_form, &QComboBox::currentIndexChanged, this, &RequestEditor::changeForm);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (m_problem->isVisible()) // live while wrong
            request();
        emit edited();
    });
}

Form RequestEditor::form() const { return m_form->currentIndex() == 1 ? Form::Yaml : Form::Json; }

void RequestEditor::setRequest(const RunRequest &request)
{
    m_written = form();
    m_text->setPlainText(RunRequestText::text(request, m_written));
    showProblem({});
}

void RequestEditor::changeForm()
{
    const auto now = request();
    if (!now) { // it must be understood before it can be said otherwise
        const QSignalBlocker quiet(m_form);
        m_form->setCurrentIndex(m_written == Form::Yaml ? 1 : 0);
        return;
    }
    m_text->setLanguage(form() == Form::Yaml ? CodeLanguage::Yaml : CodeLanguage::Json);
    setRequest(*now);
}

std::optional<RunRequest> RequestEditor::request()
{
    const RunRequestText::Reading reading = RunRequestText::read(m_text->exactText(), m_written);
    showProblem(reading.problem, reading.line);
    return reading.request;
}

void RequestEditor::showProblem(const QString &problem, int line)
{
    m_problem->setText(line > 0 ? tr("Line %1: %2").arg(line).arg(problem) : problem);
    m_problem->setVisible(!problem.isEmpty());
    m_text->setFaults(problem.isEmpty() || line < 1
                          ? QList<CodeEditor::Fault>()
                          : QList<CodeEditor::Fault> {{.line = line, .column = 1, .message = problem}});
}

}
