#include "backend/language/precondition.h"

#include "backend/language/interpolation.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace fb {

namespace {
    using IsParameter = std::function<bool(const std::string &)>;

    bool isPlatformType(std::string_view operand)
    {
        return operand == "platformType" || soleToken(operand) == "platformType";
    }

    bool holdsParameter(std::string_view operand, const IsParameter &isParameter)
    {
        return std::ranges::any_of(tokenNames(operand), isParameter);
    }

    bool holdsSsmToken(std::string_view operand)
    {
        return std::ranges::any_of(tokenNames(operand), [](const std::string &name) {
            return name.starts_with("ssm:") || name.starts_with("ssm-secure:");
        });
    }

    struct Operands {
        const std::string &left;
        const std::string &right;

        // The operand beside platformType; none if neither is it.
        const std::string *besidePlatform() const
        {
            if (isPlatformType(left))
                return &right;
            return isPlatformType(right) ? &left : nullptr;
        }
    };

    // Why one StringEquals can't be judged.
    std::optional<Fault> operandFault(const Tree &operands, const IsParameter &isParameter)
    {
        if (!operands.isList() || operands.items().size() != 2
            || !std::ranges::all_of(operands.items(), [](const Tree &item) { return item.isString(); }))
            return faultOf(FaultCode::OperandShape);
        const Operands pair {operands.items()[0].text(), operands.items()[1].text()};
        if (pair.left == pair.right)
            return faultOf(FaultCode::OperandsSame, pair.left);
        if (holdsSsmToken(pair.left) || holdsSsmToken(pair.right))
            return faultOf(FaultCode::OperandOfStore);
        if (const std::string *other = pair.besidePlatform()) {
            if (holdsParameter(*other, isParameter))
                return faultOf(FaultCode::OperandPlatformParameter);
            if (!platformNamed(*other))
                return faultOf(FaultCode::OperandPlatform, *other);
            return std::nullopt;
        }
        if (!holdsParameter(pair.left, isParameter) && !holdsParameter(pair.right, isParameter))
            return faultOf(FaultCode::OperandsFixed);
        return std::nullopt;
    }

    std::optional<Fault> fault(const Tree &precondition, const IsParameter &isParameter)
    {
        if (!precondition.isMap() || precondition.members().empty())
            return faultOf(FaultCode::PreconditionShape);
        for (const TreeMember &member : precondition.members()) {
            if (member.key != "StringEquals")
                return faultOf(FaultCode::OperatorUnknown, member.key);
            if (const auto why = operandFault(member.value, isParameter))
                return why;
        }
        return std::nullopt;
    }
}

tl::expected<bool, std::string> evaluatePrecondition(const Tree &precondition, Platform platform,
                                                     const BoundParameters &parameters)
{
    if (auto why = fault(precondition, [&](const std::string &name) { return parameters.contains(name); }))
        return tl::unexpected(why->text());
    for (const TreeMember &member : precondition.members()) {
        const Operands pair {member.value.items()[0].text(), member.value.items()[1].text()};
        const std::string *named = pair.besidePlatform();
        const bool isEqual = named != nullptr
            ? platformNamed(*named) == platform
            : interpolateText(pair.left, parameters) == interpolateText(pair.right, parameters);
        if (!isEqual)
            return false;
    }
    return true;
}

std::optional<Fault> preconditionFault(const Tree &precondition, const ParameterDefinitions &definitions)
{
    return fault(precondition, [&](const std::string &name) {
        return std::ranges::find(definitions, name, &ParameterDefinition::name) != definitions.end();
    });
}

PlatformSet preconditionPlatforms(const Tree &precondition)
{
    PlatformSet platforms = PlatformSet::all();
    for (const TreeMember &member : precondition.members()) {
        if (operandFault(member.value, [](const std::string &) { return true; }))
            continue;
        const Operands pair {member.value.items()[0].text(), member.value.items()[1].text()};
        const std::string *named = pair.besidePlatform();
        if (named != nullptr)
            platforms = platforms & PlatformSet {*platformNamed(*named)};
    }
    return platforms;
}

}
