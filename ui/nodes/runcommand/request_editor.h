#pragma once
// A run's request as JSON or YAML (ux.md 6): the same data as the form, with what is wrong marked on its line. Ui thread.

#include "models/nodes/runcommand/run_request_text.h"

#include <QWidget>

class QComboBox;

namespace fb {

class CodeEditor;
class TextLabel;

class RequestEditor : public QWidget
{
    Q_OBJECT
public:
    explicit RequestEditor(QWidget *parent = nullptr);

    void setRequest(const RunRequest &request);
    std::optional<RunRequest> request(); // nothing: shows what to mend
    void showProblem(const QString &problem, int line = 0);

signals:
    void edited();

private:
    RunRequestText::Form form() const;
    void changeForm();

    QComboBox *m_form;
    CodeEditor *m_text;
    TextLabel *m_problem;
    RunRequestText::Form m_written = RunRequestText::Form::Json; // what the text is
};

}
