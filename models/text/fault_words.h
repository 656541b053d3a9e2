#pragma once
// What is wrong in a document, in the operator's language. Any thread.

#include <QCoreApplication>

namespace fb {

struct Fault;
enum class FaultCode;

class FaultWords
{
    Q_DECLARE_TR_FUNCTIONS(fb::FaultWords)
public:
    static QString of(const Fault &fault);
    static QString pattern(FaultCode code); // %1 and on for what stands in it
};

}
